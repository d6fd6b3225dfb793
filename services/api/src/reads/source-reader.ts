import { MENTIONS_TOPIC } from '@outcry/bus'
import { type Config, LOG_GAP_SHOWN_MS, logGapReason, logName, type SqlPool } from '@outcry/contracts'
import type { SourceReader, SourceRow } from '@outcry/rest'
import type { Clock } from '@outcry/runtime'
import { listSources, logGapsSince } from '@outcry/store'

/**
 * Configured sources with what their owner last reported; one that never ran is blind. A partition of the log that lost
 * records within the last day stands beside them: what it carried was not counted either.
 */
export const createSourceReader = (
  pool: SqlPool,
  sources: Config['sources'],
  clock: Pick<Clock, 'now'>,
): SourceReader => ({
  async list() {
    const reported = new Map((await listSources(pool)).map((row) => [row.source, row]))
    const gaps = await logGapsSince(pool, MENTIONS_TOPIC, clock.now() - LOG_GAP_SHOWN_MS)
    return [
      ...sources.map(({ name, connector, brands }): SourceRow => {
        const row = reported.get(name)
        return {
          name,
          connector,
          brands: brands ?? null,
          state: row?.state ?? 'blind',
          reason: row?.reason ?? 'not started',
          stateSince: row?.stateSinceMs ?? null,
          lastEventAt: row?.lastEventAtMs ?? null,
          sourceTime: row?.sourceTimeMs ?? null,
          gaps: row?.gaps ?? 0,
        }
      }),
      ...gaps.map((gap): SourceRow => ({
        name: logName(gap.partition),
        connector: 'bus',
        brands: gap.brands,
        state: 'blind',
        reason: logGapReason(gap),
        stateSince: gap.lastAtMs,
        lastEventAt: null,
        sourceTime: null,
        gaps: gap.gaps,
      })),
    ]
  },
})
