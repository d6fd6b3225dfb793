import { isoMinute } from '@outcry/contracts'

/** `2026-03-09 14:20 UTC`: a time in a sentence for people. */
export const wallTime = (ms: number): string => `${isoMinute(ms)} UTC`
