import type { ClockName } from '@outcry/contracts'
import type { Metrics } from '@outcry/runtime'
import { brandLabel } from './count-decisions.ts'
import { createShownCounts } from './shown-counts.ts'

/** Shows how many clocks of each name are over, by brand; what was and is no more goes to zero. */
export const createClockGauges = (
  metrics: Pick<Metrics, 'clocksOverdue'>,
): ((overdue: readonly { brand: string; clock: ClockName }[]) => void) => {
  const show = createShownCounts<{ brand: string; clock: ClockName }>((labels, clocks) =>
    metrics.clocksOverdue.set(labels, clocks),
  )
  return (overdue) => show(overdue.map(({ brand, clock }) => [{ brand: brandLabel(brand), clock }, 1]))
}
