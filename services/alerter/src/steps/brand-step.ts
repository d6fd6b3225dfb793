import { type Decision, decideEvent, type IssueView } from '@outcry/alerting'
import type { Sql, SqlPool } from '@outcry/contracts'
import { issueEventsAfter } from '@outcry/store'
import { type AlertingConfig, alertingSettingsOf } from '../alerting-settings.ts'
import { storeDecisions } from '../store-decision.ts'
import { loadView, lockBrand } from '../tables/states.ts'

const EVENTS_A_STEP = 100

/**
 * Decides on the next events of a brand in one transaction: issues, alerts, timeline, deliveries, commands and the
 * position are stored together or not at all, so a process killed at any point decides the same again.
 */
export const stepBrand = (
  pool: SqlPool,
  brand: string,
  config: AlertingConfig,
  nowMs: number,
): Promise<{ decisions: Decision[]; more: boolean }> =>
  pool.transaction(async (tx) => {
    const { eventSeq, state: before } = await lockBrand(tx, brand)
    const events = await issueEventsAfter(tx, brand, eventSeq, EVENTS_A_STEP)
    const settings = alertingSettingsOf(config, brand)
    const issues = createIssueCache(tx)
    const decisions: Decision[] = []
    let state = before
    for (const { event } of events) {
      const issue = await issues.get(event.issueId)
      const successor = event.mergedInto === undefined ? null : await issues.get(event.mergedInto)
      const decision = decideEvent({ brand: state, issue, successor, event, settings, nowMs })
      state = decision.brand
      for (const changed of decision.issues) issues.put(changed)
      decisions.push(decision)
    }
    await storeDecisions(tx, brand, events.at(-1)?.seq ?? eventSeq, decisions, 'alerter')
    return { decisions, more: events.length === EVENTS_A_STEP }
  })

/** Issues as they become in the course of a transaction. */
const createIssueCache = (tx: Sql) => {
  const known = new Map<string, IssueView | null>()
  return {
    get: async (id: string) => {
      const found = known.get(id)
      if (found !== undefined) return found
      const loaded = await loadView(tx, id)
      known.set(id, loaded)
      return loaded
    },
    put: (issue: IssueView) => known.set(issue.id, issue),
  }
}
