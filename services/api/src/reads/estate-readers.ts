import { MENTIONS_TOPIC } from '@outcry/bus'
import { type Config, LOG_GAP_SHOWN_MS, logGapReason, logName, type SqlPool } from '@outcry/contracts'
import type { BrandReader, BrandScope, SourceReader, SourceRow } from '@outcry/rest'
import type { Clock } from '@outcry/runtime'
import { countOpenIssues, listSources, logGapsSince, pagesOfWeek } from '@outcry/store'

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

/** Configured brands with their open issues, pages and sources. */
export const createBrandReader = (
  pool: SqlPool,
  config: Pick<Config, 'brands' | 'alerting'>,
  sources: SourceReader,
): BrandReader => ({
  async list(scope: BrandScope) {
    const [issues, pages, states] = await Promise.all([countOpenIssues(pool), pagesOfWeek(pool), sources.list()])
    const seen = config.brands.filter(({ id }) => scope === null || scope.includes(id))
    return seen.map(({ id, name, pagesPerWeek }) => {
      const open = (severity: string) =>
        issues.find((row) => row.brand === id && row.severity === severity)?.issues ?? 0
      const own = states.filter(({ brands }) => brands === null || brands.includes(id))
      const inState = (state: string) => own.filter((source) => source.state === state).length
      return {
        id,
        name: name ?? id,
        openIssues: { incident: open('incident'), major: open('major'), crisis: open('crisis') },
        pagesPerWeek: pagesPerWeek ?? config.alerting.pagesPerWeek,
        pagesUsed: pages.get(id) ?? 0,
        sources: { live: inState('live'), lagging: inState('lagging'), blind: inState('blind') },
      }
    })
  },
})
