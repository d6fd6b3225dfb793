import { isoMinute } from '@outcry/contracts'

/** A time, epoch ms, as people read it: `2026-11-02 08:50 UTC`. */
export const clockTime = (ms: number): string => `${isoMinute(ms)} UTC`
