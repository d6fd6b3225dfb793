import { isoTime } from '@outcry/contracts'

/** A time, epoch ms, as people read it: `2026-11-02 08:50 UTC`. */
export const clockTime = (ms: number): string => `${isoTime(ms).slice(0, 16).replace('T', ' ')} UTC`
