import { SECOND_MS, type SqlPool } from '@outcry/contracts'
import type { Metrics } from '@outcry/runtime'
import { countOpenIssues, newestStoredMs, pendingDeliveries } from '@outcry/store'
import { brandLabel } from './count-decisions.ts'
import { createShownCounts } from './shown-counts.ts'

/** Whose effects the alerter decides on; its name among the consumers of the log. */
const DETECTOR = 'detector'

/**
 * Keeps the gauges of open issues, of the canary and of waiting deliveries at what the database says; what is gone goes to zero.
 * `refresh` gives the brands that have open issues.
 */
export const createGauges = (
  pool: SqlPool,
  metrics: Pick<Metrics, 'issuesActive' | 'bufferItems' | 'canaryLastSeen'>,
  targets: readonly string[],
): { refresh(): Promise<string[]> } => {
  const showActive = createShownCounts<{ brand: string; severity: string }>((labels, issues) =>
    metrics.issuesActive.set(labels, issues),
  )

  const showIssues = async (): Promise<string[]> => {
    const open = await countOpenIssues(pool)
    showActive(open.map(({ brand, severity, issues }) => [{ brand: brandLabel(brand), severity }, issues]))
    return [...new Set(open.map(({ brand }) => brand))]
  }

  const showDeliveries = async () => {
    const pending = await pendingDeliveries(pool)
    for (const target of targets) metrics.bufferItems.set({ buffer: `deliveries ${target}` }, pending.get(target) ?? 0)
  }

  // Heartbeats go through the same log: what the detector has stored of it is what there is to decide on.
  const showCanary = async () => {
    const newestMs = await newestStoredMs(pool, DETECTOR)
    if (newestMs !== null) metrics.canaryLastSeen.set({ stage: 'alerter' }, newestMs / SECOND_MS)
  }

  return {
    refresh: async () => {
      await showDeliveries()
      await showCanary()
      return showIssues()
    },
  }
}
