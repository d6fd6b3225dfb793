import { type Alert, SEVERITY_RANK, type Severity, watchedBrand } from '@outcry/contracts'
import { deterministicId } from './deterministic-id.ts'
import { holdOf } from './hold.ts'
import type { AlertingSettings, Route } from './settings.ts'
import type { IssueView } from './state.ts'

/** What a target's tool does with its entry for the issue. */
export type DeliveryAction = 'trigger' | 'acknowledge' | 'resolve'

/** One alert to one target. `id` is the webhook id, the same on every try and after every restart. */
export type PlannedDelivery = {
  id: string
  alertId: string
  issueId: string
  brand: string
  target: string
  /** One per issue, for its whole life. */
  dedupKey: string
  action: DeliveryAction
}

/** Whether a target gets an alert, and why. `heldUntil`: it waits, as things stand until then; epoch ms. */
export type RouteDecision = { target: string; send: boolean; reason: string; heldUntil?: number }

export const dedupKeyOf = (issueId: string): string => `outcry:${issueId}`

/**
 * Who gets an alert. What continues a story (calm, acknowledged, resolved) goes to exactly those who know its
 * beginning, whatever the routes say by now, and at once; what tells of fire goes to every target whose route fits, or
 * waits for quiet hours or a mute to end; a reminder goes to who knows the issue, and is not sent late. `to` names the targets of an escalation, which goes to no others that do not
 * know the issue.
 */
export const decideRoutes = (
  alert: Alert,
  issue: IssueView,
  settings: AlertingSettings,
  nowMs: number,
  to?: readonly string[],
): RouteDecision[] =>
  settings.routes.map((route) => {
    const { target } = route
    const knows = issue.told.includes(target)
    if (!tellsOfFire(alert)) {
      if (!knows) return { target, send: false, reason: 'was never told of the issue' }
      const late = alert.reason === 'due' ? holdOf(issue, route, settings, nowMs) : null
      if (late !== null) return { target, send: false, reason: `${late.reason}; a reminder is not sent late` }
      return { target, send: true, reason: 'knows the issue' }
    }
    const obstacle = knows
      ? null
      : to === undefined
        ? fireObstacle(route, alert, issue)
        : stepObstacle(route, issue, to)
    if (obstacle !== null) return { target, send: false, reason: obstacle }
    const hold = holdOf(issue, route, settings, nowMs)
    if (hold !== null) return { target, send: false, reason: hold.reason, heldUntil: hold.until }
    return { target, send: true, reason: knows ? 'knows the issue' : to === undefined ? 'route fits' : 'next step' }
  })

const fireObstacle = (route: Route, alert: Alert, issue: IssueView): string | null => {
  if (route.escalationOnly === true) return 'only what nobody acknowledged'
  if (route.issueTypes && !route.issueTypes.includes(alert.issueType ?? '')) return 'other issue types'
  const spoken = issue.languages ?? []
  if (route.languages && spoken.length > 0 && !spoken.some((each) => route.languages?.includes(each)))
    return 'other languages'
  return routeObstacle(route, {
    brands: [watchedBrand(alert.brand)],
    drill: alert.drill === true,
    severity: alert.severity,
    pages: issue.pagedAs !== null,
  })
}

const stepObstacle = (route: Route, issue: IssueView, to: readonly string[]): string | null => {
  if (!to.includes(route.target)) return 'not of this step'
  return issue.drill && !route.drills ? 'drill' : null
}

/** Why a message does not take a route; null when it does. */
export const routeObstacle = (
  route: Route,
  message: { brands: readonly string[] | null; drill: boolean; severity: Severity; pages: boolean },
): string | null => {
  const { brands } = message
  if (message.drill && !route.drills) return 'drill'
  if (route.brands && brands !== null && !brands.some((brand) => route.brands?.includes(brand))) return 'other brands'
  if (SEVERITY_RANK[message.severity] < SEVERITY_RANK[route.minSeverity]) return `below ${route.minSeverity}`
  if (route.pagesOnly && !message.pages) return 'pages only, and the issue does not page'
  return null
}

export const planDeliveries = (alert: Alert, decisions: readonly RouteDecision[]): PlannedDelivery[] =>
  decisions.filter((decision) => decision.send).map(({ target }) => planDelivery(alert, target, actionOf(alert)))

/** A message of an alert to a target: the same id whenever it is sent. */
export const planDelivery = (
  alert: Pick<Alert, 'id' | 'issueId' | 'brand'>,
  target: string,
  action: DeliveryAction,
): PlannedDelivery => ({
  id: deterministicId('dl', alert.id, target),
  alertId: alert.id,
  issueId: alert.issueId,
  brand: alert.brand,
  target,
  dedupKey: dedupKeyOf(alert.issueId),
  action,
})

const FIRE: ReadonlySet<Alert['reason']> = new Set(['growth', 'active', 'absorbed', 'overdue'])

const tellsOfFire = (alert: Alert): boolean =>
  alert.kind === 'opened' || alert.kind === 'escalated' || (alert.kind === 'updated' && FIRE.has(alert.reason))

const actionOf = (alert: Alert): DeliveryAction => {
  if (alert.kind === 'resolved') return 'resolve'
  return alert.reason === 'acknowledged' || alert.reason === 'announced' ? 'acknowledge' : 'trigger'
}
