import type { Alert, AlertKind, AlertReason, CountingCommand } from '@outcry/contracts'
import { withCall } from './clocks/called-since.ts'
import { deterministicId } from './deterministic-id.ts'
import { HELD_CODES, type PageCode, type PageDecision, refused } from './page-budget.ts'
import { pagesOfWeek } from './page-price.ts'
import { withHeld } from './hold.ts'
import { decideRoutes, planDeliveries, type PlannedDelivery, type RouteDecision } from './routing.ts'
import type { AlertingSettings } from './settings.ts'
import { type BrandAlerting, type HeldDelivery, isActive, issueTypeOf, type IssueView } from './state.ts'

/** One line of an issue's record, for people: what was decided, by whom, why. */
export type TimelineEntry = {
  id: string
  issueId: string
  brand: string
  at: number
  kind: string
  actor: string
  body: {
    reason?: string
    note?: string
    severity?: string
    alertId?: string
    page?: boolean
    pageReason?: string
    routes?: readonly RouteDecision[]
    people?: number
    target?: string
    attempts?: number
    mergedInto?: string
    issueType?: string | null
    before?: string | null
    clock?: Alert['clock']
  }
}

/** Everything one event, command or tick leads to. All of it is stored together, or none of it. */
export type Decision = {
  brand: BrandAlerting
  /** Issues that changed. */
  issues: IssueView[]
  alerts: Alert[]
  deliveries: PlannedDelivery[]
  timeline: TimelineEntry[]
  /** The page decision of each alert, for metrics. */
  pages: { alertId: string; page: boolean; code: PageCode }[]
  /** What the brand's detector has to learn: goes to its partition. `id` is deterministic. */
  commands: { id: string; command: CountingCommand }[]
}

export const undecided = (brand: BrandAlerting): Decision => ({
  brand,
  issues: [],
  alerts: [],
  deliveries: [],
  timeline: [],
  pages: [],
  commands: [],
})

/** What makes an alert. `causeId` is the id of the event, command or tick that decided. */
export type Cause = {
  kind: AlertKind
  reason: AlertReason
  causeId: string
  at: number
  actor: string
  page?: PageDecision
  note?: string
  /** Targets of an escalation. */
  to?: readonly string[]
  clock?: NonNullable<Alert['clock']>
}

/** Adds an alert about `issue` to the decision, with its page, its routes and its line in the timeline. */
export const say = (
  decision: Decision,
  issue: IssueView,
  cause: Cause,
  settings: AlertingSettings,
  nowMs: number,
): IssueView => {
  const page = cause.page ?? refused('never-pages', `not paged: ${cause.kind} never pages`)
  const paged = page.page ? { ...issue, pagedAs: issue.severity } : issue
  const plain = alertOf(paged, cause, page)
  const routes = decideRoutes(plain, paged, settings, nowMs, cause.to)
  const told = routes.filter((route) => route.send).map((route) => route.target)
  const fresh = heldBy(routes, paged, plain, nowMs)
  const alert = { ...plain, pageReason: withHeld(plain.pageReason, fresh) }
  const whyHeld = HELD_CODES.includes(page.code) ? page.reason : fresh[0]?.reason
  const called = page.page && issue.pagedAs === null && issue.state === 'open' ? { ...paged, calledAt: null } : paged
  const said: IssueView = {
    ...withCall(called, told.length > 0 || fresh.length === 0, nowMs),
    // What paged keeps saying so: that it does not page again is for the alert and the timeline.
    pageReason: cause.page && page.code !== 'already-paged' ? page.reason : paged.pageReason,
    saidAt: nowMs,
    saidAuthors: paged.evidence.authors,
    told: [...new Set([...paged.told, ...told])],
    held: isActive(paged) ? stillHeld(takesOver(cause) ? [] : (paged.held ?? []), fresh, told) : [],
    ...(whyHeld === undefined ? {} : { lastHeld: { at: nowMs, reason: whyHeld } }),
  }
  if (page.spends) {
    const pages = [...pagesOfWeek(decision.brand, nowMs), { at: nowMs, issueId: issue.id }]
    decision.brand = { ...decision.brand, pages }
  }
  decision.alerts.push(alert)
  decision.deliveries.push(...planDeliveries(alert, routes))
  decision.pages.push({ alertId: alert.id, page: page.page, code: page.code })
  note(decision, said, {
    kind: alert.kind,
    causeId: cause.causeId,
    at: nowMs,
    actor: cause.actor,
    body: {
      reason: cause.reason,
      severity: alert.severity,
      alertId: alert.id,
      page: page.page,
      pageReason: alert.pageReason,
      routes,
      people: alert.authors,
      ...(cause.note === undefined ? {} : { note: cause.note }),
      ...(cause.clock === undefined ? {} : { clock: cause.clock }),
      ...(said.mergedInto === null ? {} : { mergedInto: said.mergedInto }),
    },
  })
  keep(decision, said)
  return said
}

/** A person has it in hand: nobody has to be told any more of what was before. */
const takesOver = ({ reason }: Cause): boolean => reason === 'acknowledged' || reason === 'announced'

/** Messages that this alert leaves waiting; one that waited already waits since then. */
const heldBy = (routes: readonly RouteDecision[], issue: IssueView, alert: Alert, nowMs: number): HeldDelivery[] =>
  routes.flatMap(({ target, reason, heldUntil }) => {
    if (heldUntil === undefined) return []
    const since = issue.held?.find((one) => one.target === target)?.since ?? nowMs
    const clock = alert.clock === undefined ? {} : { clock: alert.clock }
    return [{ target, alertId: alert.id, since, until: heldUntil, reason, ...clock }]
  })

/** What waits after an alert: for each target its newest message, and nothing for those that heard this one. */
const stillHeld = (
  before: readonly HeldDelivery[],
  fresh: readonly HeldDelivery[],
  told: readonly string[],
): HeldDelivery[] => {
  const gone = new Set([...told, ...fresh.map(({ target }) => target)])
  return [...before.filter(({ target }) => !gone.has(target)), ...fresh]
}

/** Adds a line to the issue's record. */
export const note = (
  decision: Decision,
  issue: { id: string; brand: string },
  entry: Omit<TimelineEntry, 'id' | 'issueId' | 'brand'> & { causeId: string },
): void => {
  const { causeId, ...rest } = entry
  const id = deterministicId('tl', issue.id, entry.kind, causeId)
  decision.timeline.push({ id, issueId: issue.id, brand: issue.brand, ...rest })
}

/** Puts the changed issue into the decision, in place of an earlier form of it. */
export const keep = (decision: Decision, issue: IssueView): void => {
  decision.issues = [...decision.issues.filter((other) => other.id !== issue.id), issue]
}

/** What only people do. */
const DECIDED: ReadonlySet<AlertReason> = new Set(['acknowledged', 'announced', 'person', 'dismissed'])

const alertOf = (issue: IssueView, cause: Cause, page: PageDecision): Alert => {
  const { evidence } = issue
  const issueType = issueTypeOf(issue)
  return {
    id: deterministicId('al', issue.id, cause.kind, cause.causeId),
    kind: cause.kind,
    issueId: issue.id,
    clusterId: issue.clusterId,
    brand: issue.brand,
    severity: issue.severity,
    page: page.page,
    at: cause.at,
    since: evidence.since,
    label: evidence.label,
    terms: evidence.terms,
    mentions: evidence.mentions,
    authors: evidence.authors,
    expected: evidence.expected,
    observed: evidence.observed,
    windowMs: evidence.windowMs,
    tailProbability: evidence.tailProbability,
    authenticity: evidence.authenticity,
    reasons: evidence.reasons,
    mentionIds: evidence.mentionIds,
    pageReason: page.reason,
    reason: cause.reason,
    ...(cause.clock === undefined ? {} : { clock: cause.clock }),
    ...(DECIDED.has(cause.reason) ? { by: cause.actor } : {}),
    ...(issueType === null ? {} : { issueType }),
    ...(issue.mergedInto === null ? {} : { mergedInto: issue.mergedInto }),
    ...(issue.drill ? { drill: true } : {}),
  }
}
