import { type Config, DAY_MS, WEEK_MS, type SqlPool } from '@outcry/contracts'
import { type BrandAlerting, budgetStanding, emptyBrandAlerting, LEARNS_FOR_MS } from '@outcry/engine'
import type { BrandReader, BrandRow, BrandScope, SourceReader } from '@outcry/rest'
import type { Clock } from '@outcry/runtime'
import {
  countOpenIssues,
  heldIssues,
  issueFigures,
  learningBrands,
  pageRecords,
  readBrandAlerting,
} from '@outcry/store'
import { issueRecord } from './issue-reader.ts'

const HELD_SHOWN = 50

/** Configured brands with their open issues, page budget and sources. */
export const createBrandReader = (
  pool: SqlPool,
  config: Pick<Config, 'brands' | 'alerting' | 'detection' | 'retention'>,
  sources: SourceReader,
  clock: Pick<Clock, 'now'>,
): BrandReader => {
  const rowsOf = async (brands: Config['brands']): Promise<BrandRow[]> => {
    const nowMs = clock.now()
    const ids = brands.map(({ id }) => id)
    const learnsForMs = LEARNS_FOR_MS + config.detection.reorderMs
    const [issues, records, alerting, states, learning] = await Promise.all([
      countOpenIssues(pool),
      pageRecords(pool, ids, nowMs),
      readBrandAlerting(pool, ids),
      sources.list(),
      learningBrands(pool, ids, { nowMs, learnsForMs, keptMs: config.retention.mentions * DAY_MS }),
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
        learning: learning.has(id) ? { until: learning.get(id) ?? null } : null,
      }
    })
  }

  return {
    list: (scope: BrandScope) => rowsOf(config.brands.filter(({ id }) => scope === null || scope.includes(id))),
    async pages(id) {
      const [row] = await rowsOf(config.brands.filter((brand) => brand.id === id))
      if (row === undefined) return null
      const held = await heldIssues(pool, id, clock.now() - WEEK_MS, HELD_SHOWN)
      const figures = await issueFigures(
        pool,
        held.map((issue) => issue.id),
        clock.now(),
      )
      return { row, held: held.map((issue) => issueRecord(issue, figures.get(issue.id))) }
    },
  }
}
