const DAY_MS = 86_400_000
const MEMORY_MS = 14 * DAY_MS
const PEAK_HALF_LIFE_MS = 5 * DAY_MS
const REFRACTORY_MS = DAY_MS
const WARM_UP_MS = 16 * 3_600_000
const LEAST_ROWS = 24
const LEAST_DEVIATION = 0.1
/** Added before the logarithm: below it, counts are too small to speak of times as many. */
const SMALL_COUNT = 5
/** Share of a new row in the level that is judged: one odd row alone weighs a little less. */
const NEW_SHARE = 0.7
const LEAST_Z = 5.5
const LEAST_OF_PEAK = 0.95
/** What lies further out than this teaches the baseline no more than this. */
const WINSOR_DEVIATIONS = 3

export type SeriesPoint = { anomalyScore: number; alert: boolean }

export type SeriesScorer = {
  /** Scores the next count; `atMs` must not fall. The answer depends on this and earlier counts only. */
  next(atMs: number, count: number): SeriesPoint
}

/**
 * Bursts in plain counts at any step. The logarithm makes bursts of large and small brands alike; its distance
 * from two weeks' exponentially weighted mean is measured in mean absolute deviations, both robust by winsorising. An
 * onset is a distance of at least 5.5 that also comes near the largest of the last days, at most once a day. Scores from
 * 0.5 are onsets.
 */
export const createSeriesScorer = (): SeriesScorer => {
  let mean = 0
  let deviation = 0
  let peak = 0
  let smooth = 0
  let rows = 0
  let firstAt = 0
  let before = 0
  let lastOnset = -Infinity
  return {
    next(atMs, count) {
      if (rows === 0) firstAt = atMs
      const stepMs = rows === 0 ? 0 : Math.min(MEMORY_MS, Math.max(0, atMs - before))
      before = atMs
      const level = Math.log(Math.max(0, count) + SMALL_COUNT)
      smooth = rows === 0 ? level : smooth + (level - smooth) * NEW_SHARE
      const warm = rows >= LEAST_ROWS && atMs - firstAt >= WARM_UP_MS
      const distance = rows < LEAST_ROWS ? 0 : (smooth - mean) / Math.max(deviation, LEAST_DEVIATION)
      peak *= Math.exp((-Math.LN2 * stepMs) / PEAK_HALF_LIFE_MS)
      const bar = Math.max(LEAST_Z, LEAST_OF_PEAK * peak)
      const alert = warm && distance > bar && atMs - lastOnset > REFRACTORY_MS
      if (alert) lastOnset = atMs
      peak = Math.max(peak, distance)
      const held = rows < LEAST_ROWS ? level : Math.min(level, mean + WINSOR_DEVIATIONS * deviation)
      const pace = rows === 0 ? 1 : Math.max(1 / (rows + 1), stepMs / MEMORY_MS)
      deviation += (Math.abs(held - mean) - deviation) * (rows === 0 ? 0 : pace)
      mean += (held - mean) * pace
      rows++
      const beyond = Math.max(0, distance) / bar
      return { anomalyScore: alert ? 1 - 0.5 / Math.max(1, beyond) : 0.49 * Math.min(1, beyond), alert }
    },
  }
}
