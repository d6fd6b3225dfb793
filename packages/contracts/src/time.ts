/** ISO 8601 in UTC with milliseconds: how times leave the system. */
export const isoTime = (ms: number): string => new Date(ms).toISOString()

export const SECOND_MS = 1_000
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000
export const WEEK_MS = 604_800_000
