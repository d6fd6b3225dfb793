const BOUNDS_MS = [50, 100, 200, 300, 500, 700, 1_000, 1_500, 2_000, 5_000, Infinity]

/** Value below which `share` of the sorted delays lie. */
export const percentile = (delaysMs: readonly number[], share: number): number => {
  const sorted = [...delaysMs].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN
}

/** One line a bound: how many delays are at most so long and longer than the bound before. */
export const histogram = (delaysMs: readonly number[]): string[] =>
  BOUNDS_MS.map((bound, at) => {
    const below = BOUNDS_MS[at - 1] ?? -Infinity
    const count = delaysMs.filter((delay) => delay > below && delay <= bound).length
    const share = Math.round((count / Math.max(1, delaysMs.length)) * 40)
    return (bound === Infinity ? 'more' : `${bound} ms`).padStart(9) + `${count}`.padStart(7) + `  ${'#'.repeat(share)}`
  })
