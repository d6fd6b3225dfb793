import type { SqlPool } from '@outcry/contracts'
import type { Metrics } from '@outcry/runtime'
import { countOpenIssues, pendingDeliveries } from '@outcry/store'
import { brandLabel } from './count-decisions.ts'

/**
 * Keeps the gauges of open issues and waiting deliveries at what the database says; what is gone goes to zero.
 * `refresh` gives the brands that have open issues.
 */
export const createGauges = (
  pool: SqlPool,
  metrics: Pick<Metrics, 'issuesActive' | 'bufferItems'>,
  targets: readonly string[],
): { refresh(): Promise<string[]> } => {
  let shown = new Set<string>()

  const showIssues = async (): Promise<string[]> => {
    const open = await countOpenIssues(pool)
    const active = new Map<string, number>()
    for (const { brand, severity, issues } of open) {
      const labels = JSON.stringify({ brand: brandLabel(brand), severity })
      active.set(labels, (active.get(labels) ?? 0) + issues)
    }
    for (const labels of new Set([...shown, ...active.keys()])) {
      metrics.issuesActive.set(JSON.parse(labels) as { brand: string; severity: string }, active.get(labels) ?? 0)
    }
    shown = new Set(active.keys())
    return [...new Set(open.map(({ brand }) => brand))]
  }

  const showDeliveries = async () => {
    const pending = await pendingDeliveries(pool)
    for (const target of targets) metrics.bufferItems.set({ buffer: `deliveries ${target}` }, pending.get(target) ?? 0)
  }

  return {
    refresh: async () => {
      await showDeliveries()
      return showIssues()
    },
  }
}
