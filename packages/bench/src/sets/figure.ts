/** One measured number. `key` is unique within its set. */
export type Figure = {
  key: string
  value: number | null
  better: 'higher' | 'lower'
  /**
   * How far it may get worse than the baseline before that is a fall: what small, harmless changes were seen to move.
   * Null: shown, not judged.
   */
  margin: number | null
}

export const higher = (key: string, value: number | null, margin: number | null): Figure => ({
  key,
  value,
  margin,
  better: 'higher',
})

export const lower = (key: string, value: number | null, margin: number | null): Figure => ({
  key,
  value,
  margin,
  better: 'lower',
})
