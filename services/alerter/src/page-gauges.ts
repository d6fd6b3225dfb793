import { budgetStanding } from '@outcry/alerting'
import type { SqlPool } from '@outcry/contracts'
import type { Metrics } from '@outcry/runtime'
import { pageRecords, readBrandAlerting } from '@outcry/store'
import { type AlertingConfig, alertingSettingsOf } from './alerting-settings.ts'
import { brandStateOf } from './stored-views.ts'

type PageMetrics = Pick<Metrics, 'pageBudget' | 'pageBudgetUsed' | 'pagePrice' | 'issuesHeld' | 'pagedClosed'>

/** Shows how the page budget of each configured brand stands and what became of it; drills have none here. */
export const showPages = async (
  pool: SqlPool,
  metrics: PageMetrics,
  config: AlertingConfig,
  nowMs: number,
): Promise<void> => {
  const brands = config.brands.map(({ id }) => id)
  const [records, states] = await Promise.all([pageRecords(pool, brands, nowMs), readBrandAlerting(pool, brands)])
  for (const [brand, { closed, dismissed, held }] of records) {
    const { pagesPerWeek } = alertingSettingsOf(config, brand)
    const { used, price } = budgetStanding(brandStateOf(states.get(brand)), pagesPerWeek, nowMs)
    metrics.pageBudget.set({ brand }, pagesPerWeek)
    metrics.pageBudgetUsed.set({ brand }, used)
    metrics.pagePrice.set({ brand }, price ?? Infinity)
    metrics.issuesHeld.set({ brand }, held)
    metrics.pagedClosed.set({ brand, verdict: 'dismissed' }, dismissed)
    metrics.pagedClosed.set({ brand, verdict: 'kept' }, closed - dismissed)
  }
}
