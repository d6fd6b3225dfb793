import { type Decision, decideEvent } from '@outcry/alerting'
import type { SqlPool } from '@outcry/contracts'
import { isDrillOver, issueEventsAfter, languagesOf, saveBrandAlerting } from '@outcry/store'
import { type AlertingConfig, currentSettingsOf } from '../alerting-settings.ts'
import { typeProposals } from '../propose-types.ts'
import { storeDecisions } from '../store-decision.ts'
import { loadViews, lockBrand } from '../stored-views.ts'

const EVENTS_A_STEP = 100

/**
 * Decides on the next events of a brand in one transaction: issues, alerts, timeline, deliveries, commands and the
 * position are stored together or not at all, so a process killed at any point decides the same again. What the detector
 * tells of a drill that is over founds nothing: what was known of its issues is deleted.
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
    const more = events.length === EVENTS_A_STEP
    const position = events.at(-1)?.seq ?? eventSeq
    if (events.length > 0 && (await isDrillOver(tx, brand))) {
      await saveBrandAlerting(tx, { brand, eventSeq: position, body: before })
      return { decisions: [], more }
    }
    const settings = await currentSettingsOf(tx, config, brand, nowMs)
    const concerned = events.flatMap(({ event }) => [event.issueId, event.mergedInto ?? event.issueId])
    const issues = await loadViews(tx, [...new Set(concerned)])
    const asksLanguage = settings.routes.some(({ languages }) => languages !== undefined)
    const propose = events.length === 0 ? null : await typeProposals(tx, config, brand)
    const decisions: Decision[] = []
    let state = before
    for (const { event } of events) {
      const issue = issues.get(event.issueId) ?? null
      const successor = event.mergedInto === undefined ? null : (issues.get(event.mergedInto) ?? null)
      const spoken = asksLanguage ? { languages: await languagesOf(tx, brand, event.evidence.mentionIds) } : {}
      const type = propose?.(issue, event)
      const given = { brand: state, issue, successor, event, settings, nowMs, ...spoken }
      const decision = decideEvent(type === undefined ? given : { ...given, type })
      state = decision.brand
      for (const changed of decision.issues) issues.set(changed.id, changed)
      decisions.push(decision)
    }
    await storeDecisions(tx, brand, position, decisions, 'alerter')
    return { decisions, more }
  })
