import type { SuppressedReason } from '@outcry/contracts'
import type { FoundBurst } from './found-burst.ts'

/** A burst that came near and opens nothing, and why. */
export type NearBurst = FoundBurst & { reason: SuppressedReason; issueId?: string }

/** Within so many times the false-alarm threshold a tail probability is near it: two orders of magnitude. */
export const NEAR_TIMES = 100
