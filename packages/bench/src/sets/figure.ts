/** One measured number. `key` is unique within its set. */
export type Figure = {
  key: string
  value: number | null
  better: 'higher' | 'lower'
  /**
   * What one alert, incident or window more or less is worth, or what harmless changes were seen to move: so far it may
   * get worse than the baseline before that is a fall; where the set is drawn anew, as far as its measured spread if that
   * is more. Null: shown, not judged.
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
