import { MINUTE_MS } from '@outcry/contracts'
import type { Sighting } from './connector.ts'

/** A source that last looked longer ago than this is catching up. */
export const BACKFILL_AFTER_MS = 5 * MINUTE_MS

/**
 * Parts what a look found into what has to count as backfill and what is news. Only who catches up finds anything old:
 * `lookedAt`, epoch ms, is when everything before was last seen, null where it never was; looks that are `everyMs` apart
 * are not catching up for that.
 */
export const partByAge = (
  sightings: readonly Sighting[],
  { lookedAt, now, everyMs = 0 }: { lookedAt: number | null; now: number; everyMs?: number },
): { old: Sighting[]; fresh: Sighting[] } => {
  const since = now - Math.max(BACKFILL_AFTER_MS, 2 * everyMs)
  const catchesUp = lookedAt === null || lookedAt < since
  const isOld = ({ mention }: Sighting) => catchesUp && mention.eventTime < since
  return { old: sightings.filter(isOld), fresh: sightings.filter((sighting) => !isOld(sighting)) }
}
