import { type Decision, decideTick, emptyBrandAlerting, type JudgedSource } from '@outcry/alerting'
import type { SqlPool } from '@outcry/contracts'
import { type AlertingConfig, currentSettingsOf } from '../alerting-settings.ts'
import { storeDecisions } from '../store-decision.ts'
import { lockBrand, openViews } from '../stored-views.ts'

/** Does what time alone leads to, one transaction per brand that has such an issue. */
export const stepClock = async (
  pool: SqlPool,
  config: AlertingConfig,
  brandsWithIssues: readonly string[],
  sources: readonly JudgedSource[],
  nowMs: number,
): Promise<Decision[]> => {
  const decisions: Decision[] = []
  for (const brand of brandsWithIssues) {
    const given = { sources, settings: await currentSettingsOf(pool, config, brand, nowMs), nowMs }
    // A look without the lock, so that brands with nothing due cost no transaction.
    const seen = decideTick({ ...given, brand: emptyBrandAlerting(), issues: await openViews(pool, brand) })
    if (seen.issues.length === 0) continue
    const decision = await pool.transaction(async (tx) => {
      const { eventSeq, state } = await lockBrand(tx, brand)
      const settings = await currentSettingsOf(tx, config, brand, nowMs)
      const decided = decideTick({ sources, settings, nowMs, brand: state, issues: await openViews(tx, brand) })
      await storeDecisions(tx, brand, eventSeq, [decided], 'clock')
      return decided
    })
    decisions.push(decision)
  }
  return decisions
}
