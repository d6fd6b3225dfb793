/** One measured number. `key` is unique within its set. */
export type Figure = {
  key: string
  value: number | null
  better: 'higher' | 'lower'
  /**
   * What one alert, incident or window more or less is worth: so far, or as far as the set's measured spread if that is
   * more, it may get worse than the baseline before that is a fall. Null: shown, not judged.
   */
  step: number | null
}

export const higher = (key: string, value: number | null, step: number | null): Figure => ({
  key,
  value,
  step,
  better: 'higher',
})

export const lower = (key: string, value: number | null, step: number | null): Figure => ({
  key,
  value,
  step,
  better: 'lower',
})
