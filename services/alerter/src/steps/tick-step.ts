import { type Decision, decideTick, emptyBrandAlerting, type JudgedSource } from '@outcry/alerting'
import type { SqlPool } from '@outcry/contracts'
import { type AlertingConfig, alertingSettingsOf } from '../alerting-settings.ts'
import { storeDecisions } from '../store-decision.ts'
import { lockBrand, openViews } from '../stored-views.ts'

/** Resolves what has been calm for long enough, one transaction per brand that has such an issue. */
export const stepClock = async (
  pool: SqlPool,
  config: AlertingConfig,
  brandsWithIssues: readonly string[],
  sources: readonly JudgedSource[],
  nowMs: number,
): Promise<Decision[]> => {
  const decisions: Decision[] = []
  for (const brand of brandsWithIssues) {
    const settings = alertingSettingsOf(config, brand)
    const given = { sources, settings, nowMs }
    // A look without the lock, so that brands with nothing due cost no transaction.
    const seen = decideTick({ ...given, brand: emptyBrandAlerting(), issues: await openViews(pool, brand) })
    if (seen.alerts.length === 0) continue
    const decision = await pool.transaction(async (tx) => {
      const { eventSeq, state } = await lockBrand(tx, brand)
      const decided = decideTick({ ...given, brand: state, issues: await openViews(tx, brand) })
      await storeDecisions(tx, brand, eventSeq, [decided], 'clock')
      return decided
    })
    decisions.push(decision)
  }
  return decisions
}
