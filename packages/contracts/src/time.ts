/** ISO 8601 in UTC with milliseconds: how times leave the system. */
export const isoTime = (ms: number): string => new Date(ms).toISOString()

/** The minute in UTC, for people: `2026-11-02 09:14`. */
export const isoMinute = (ms: number): string => isoTime(ms).slice(0, 16).replace('T', ' ')

/** The same in a sentence for people: `2026-03-09 14:20 UTC`. */
export const wallTime = (ms: number): string => `${isoMinute(ms)} UTC`

export const SECOND_MS = 1_000
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000
export const WEEK_MS = 604_800_000
