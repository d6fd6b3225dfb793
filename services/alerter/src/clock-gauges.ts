import type { ClockName } from '@outcry/contracts'
import type { Metrics } from '@outcry/runtime'
import { brandLabel } from './count-decisions.ts'

/** Shows how many clocks of each name are over, by brand; what was and is no more goes to zero. */
export const createClockGauges = (
  metrics: Pick<Metrics, 'clocksOverdue'>,
): ((overdue: readonly { brand: string; clock: ClockName }[]) => void) => {
  let shown = new Map<string, { brand: string; clock: ClockName }>()
  return (overdue) => {
    const labels = overdue.map(({ brand, clock }) => ({ brand: brandLabel(brand), clock }))
    const now = Map.groupBy(labels, ({ brand, clock }) => `${clock} ${brand}`)
    for (const [key, label] of shown) if (!now.has(key)) metrics.clocksOverdue.set(label, 0)
    for (const same of now.values()) metrics.clocksOverdue.set(same[0]!, same.length)
    shown = new Map([...now].map(([key, same]) => [key, same[0]!]))
  }
}
