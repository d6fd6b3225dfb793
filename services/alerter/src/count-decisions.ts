import { type Decision, HELD_CODES } from '@outcry/alerting'
import { isDrill, watchedBrand } from '@outcry/contracts'
import type { Metrics } from '@outcry/runtime'

/** The label of a brand: drills of one brand share one, so that labels stay bounded. */
export const brandLabel = (brand: string): string => (isDrill(brand) ? `${watchedBrand(brand)}#drill` : brand)

/**
 * Counts what was decided, after it was stored. `delayMs` beyond an alert's `at` is what the detector held its mentions
 * for, so that the delay is that of the newest mention used.
 */
export const countDecisions = (
  metrics: Pick<Metrics, 'alerts' | 'pages' | 'pagesSuppressed' | 'detectionDelay'>,
  decisions: readonly Decision[],
  { heldMs, nowMs }: { heldMs: number; nowMs: number },
): void => {
  for (const decision of decisions) {
    for (const alert of decision.alerts) {
      metrics.alerts.inc({ brand: brandLabel(alert.brand), kind: alert.kind, severity: alert.severity })
      if (alert.page) metrics.pages.inc({ brand: brandLabel(alert.brand), severity: alert.severity })
      if (alert.kind === 'opened') {
        const drill = String(isDrill(alert.brand))
        metrics.detectionDelay.observe({ drill }, Math.max(0, nowMs - alert.at + heldMs) / 1_000)
      }
      const code = decision.pages.find((page) => page.alertId === alert.id)?.code
      if (code !== undefined && HELD_CODES.includes(code)) {
        metrics.pagesSuppressed.inc({ brand: brandLabel(alert.brand), reason: code })
      }
    }
  }
}
