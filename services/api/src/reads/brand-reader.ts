import { type Config, WEEK_MS, type SqlPool } from '@outcry/contracts'
import { type BrandAlerting, budgetStanding, emptyBrandAlerting } from '@outcry/engine'
import type { BrandReader, BrandRow, BrandScope, SourceReader } from '@outcry/rest'
import type { Clock } from '@outcry/runtime'
import { countOpenIssues, heldIssues, pageRecords, readBrandAlerting } from '@outcry/store'
import { issueRecord } from './issue-reader.ts'

const HELD_SHOWN = 50

/** Configured brands with their open issues, page budget and sources. */
export const createBrandReader = (
  pool: SqlPool,
  config: Pick<Config, 'brands' | 'alerting'>,
  sources: SourceReader,
  clock: Pick<Clock, 'now'>,
): BrandReader => {
  const rowsOf = async (brands: Config['brands']): Promise<BrandRow[]> => {
    const nowMs = clock.now()
    const ids = brands.map(({ id }) => id)
    const [issues, records, alerting, states] = await Promise.all([
      countOpenIssues(pool),
      pageRecords(pool, ids, nowMs),
      readBrandAlerting(pool, ids),
      sources.list(),
    ])
    return brands.map(({ id, name, pagesPerWeek = config.alerting.pagesPerWeek }) => {
      const open = (severity: string) =>
        issues.find((row) => row.brand === id && row.severity === severity)?.issues ?? 0
      const own = states.filter((source) => source.brands === null || source.brands.includes(id))
      const inState = (state: string) => own.filter((source) => source.state === state).length
      // The body is as the alerter wrote it, maybe an older one with fewer fields.
      const state = { ...emptyBrandAlerting(), ...(alerting.get(id) as Partial<BrandAlerting> | undefined) }
      const { used, price, freeAt } = budgetStanding(state, pagesPerWeek, nowMs)
      const { weeks, weeksWatched, closed, dismissed, held } = records.get(id)!
      const perWeek = weeks.reduce((sum, { pages }) => sum + pages, 0) / weeksWatched
      return {
        id,
        name: name ?? id,
        openIssues: { incident: open('incident'), major: open('major'), crisis: open('crisis') },
        pagesPerWeek,
        pagesUsed: used,
        paging: { price, freeAt, weeks, perWeek, closed, dismissed, held },
        sources: { live: inState('live'), lagging: inState('lagging'), blind: inState('blind') },
      }
    })
  }

  return {
    list: (scope: BrandScope) => rowsOf(config.brands.filter(({ id }) => scope === null || scope.includes(id))),
    async pages(id) {
      const [row] = await rowsOf(config.brands.filter((brand) => brand.id === id))
      if (row === undefined) return null
      const held = await heldIssues(pool, id, clock.now() - WEEK_MS, HELD_SHOWN)
      return { row, held: held.map(issueRecord) }
    },
  }
}
