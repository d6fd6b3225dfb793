import { askPage } from './ask-page.ts'
import { withCall } from './clocks/called-since.ts'
import { type Decision, keep, note, say } from './decision.ts'
import { deterministicId } from './deterministic-id.ts'
import { holdOf } from './hold.ts'
import { MUTED } from './mute.ts'
import { PLANNED } from './planned-event.ts'
import { planDelivery, type RouteDecision } from './routing.ts'
import type { AlertingSettings } from './settings.ts'
import { type HeldDelivery, isActive, type IssueView } from './state.ts'

/**
 * Sends what waited and has to wait no longer, and lets a page be asked for again that a mute or a planned event held. The message is the
 * newest that the target missed, under the id it would have had at once, so it goes out once however often this is
 * asked. Gives the issue as it is then.
 */
export const releaseHeld = (
  decision: Decision,
  issue: IssueView,
  settings: AlertingSettings,
  nowMs: number,
): IssueView => {
  if (!isActive(issue)) return issue
  return sendHeld(decision, askAgain(decision, issue, settings, nowMs), settings, nowMs)
}

/**
 * Asks for the page that a mute or a planned event held, once that is over and while nobody took the issue. One that
 * calmed down meanwhile was what the event explained, and asks when it burns again.
 */
const askAgain = (decision: Decision, issue: IssueView, settings: AlertingSettings, nowMs: number): IssueView => {
  if (issue.state !== 'open' || issue.pagedAs !== null) return issue
  const wasPlanned = issue.pageReason.startsWith(PLANNED)
  if (wasPlanned ? issue.calm : !issue.pageReason.startsWith(MUTED)) return issue
  const page = askPage(decision.brand, issue, settings, nowMs)
  if (!page.page) {
    const told = page.reason === issue.pageReason ? issue : { ...issue, pageReason: page.reason }
    if (told !== issue) keep(decision, told)
    return told
  }
  const reason = wasPlanned ? 'event-over' : 'unmuted'
  const causeId = deterministicId('tk', issue.id, reason, String(issue.life), issue.pageReason)
  return say(decision, issue, { kind: 'escalated', reason, causeId, at: nowMs, actor: 'clock', page }, settings, nowMs)
}

const sendHeld = (decision: Decision, issue: IssueView, settings: AlertingSettings, nowMs: number): IssueView => {
  const waiting: HeldDelivery[] = []
  const released: (RouteDecision & { alertId: string })[] = []
  for (const held of issue.held ?? []) {
    const route = settings.routes.find(({ target }) => target === held.target)
    const hold = route === undefined ? null : holdOf(issue, route, settings, nowMs)
    if (hold !== null) waiting.push(held.reason === hold.reason ? held : { ...held, ...hold })
    else {
      const reason = route === undefined ? 'its target is no longer configured' : `sent after the wait, ${held.reason}`
      released.push({ target: held.target, send: route !== undefined, reason, alertId: held.alertId })
    }
  }
  const changed = waiting.some((held, index) => held !== issue.held?.[index])
  if (released.length === 0 && !changed) return issue
  const sent = released.filter(({ send }) => send)
  const told = [...new Set([...issue.told, ...sent.map(({ target }) => target)])]
  const after = withCall({ ...issue, held: waiting, told }, sent.length > 0 || waiting.length === 0, nowMs)
  for (const { target, alertId } of sent) {
    const about = { id: alertId, issueId: issue.id, brand: issue.brand }
    decision.deliveries.push(planDelivery(about, target, 'trigger'))
  }
  if (released.length > 0) {
    const causeId = released.map(({ target, alertId }) => `${target} ${alertId}`).join(' ')
    const routes = released.map(({ target, send, reason }) => ({ target, send, reason }))
    note(decision, issue, { causeId, at: nowMs, actor: 'clock', kind: 'released', body: { routes } })
  }
  keep(decision, after)
  return after
}
