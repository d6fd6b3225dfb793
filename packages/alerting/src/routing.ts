import { type Alert, SEVERITY_RANK, type Severity } from '@outcry/contracts'
import { deterministicId } from './deterministic-id.ts'
import type { Route } from './settings.ts'
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

/** Whether a target gets an alert, and why. */
export type RouteDecision = { target: string; send: boolean; reason: string }

export const dedupKeyOf = (issueId: string): string => `outcry:${issueId}`

/** The watched brand behind a drill's shadow brand `B#drill-id`. */
export const watchedBrand = (brand: string): string => brand.split('#', 1)[0] ?? brand

export const isDrill = (brand: string): boolean => brand.includes('#')

/**
 * Who gets an alert. What continues a story (calm, acknowledged, resolved) goes to exactly those who know its
 * beginning, whatever the routes say by now; what tells of fire goes to every target whose route fits.
 */
export const decideRoutes = (alert: Alert, issue: IssueView, routes: readonly Route[]): RouteDecision[] =>
  routes.map((route) => {
    const knows = issue.told.includes(route.target)
    if (knows) return { target: route.target, send: true, reason: 'knows the issue' }
    if (!tellsOfFire(alert)) return { target: route.target, send: false, reason: 'was never told of the issue' }
    const obstacle = routeObstacle(route, {
      brands: [watchedBrand(alert.brand)],
      drill: alert.drill === true,
      severity: alert.severity,
      pages: issue.pagedAs !== null,
    })
    return { target: route.target, send: obstacle === null, reason: obstacle ?? 'route fits' }
  })

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
  decisions
    .filter((decision) => decision.send)
    .map(({ target }) => ({
      id: deterministicId('dl', alert.id, target),
      alertId: alert.id,
      issueId: alert.issueId,
      brand: alert.brand,
      target,
      dedupKey: dedupKeyOf(alert.issueId),
      action: actionOf(alert),
    }))

const tellsOfFire = (alert: Alert): boolean =>
  alert.kind === 'opened' ||
  alert.kind === 'escalated' ||
  (alert.kind === 'updated' && (alert.reason === 'growth' || alert.reason === 'active' || alert.reason === 'absorbed'))

const actionOf = (alert: Alert): DeliveryAction => {
  if (alert.kind === 'resolved') return 'resolve'
  return alert.reason === 'acknowledged' || alert.reason === 'announced' ? 'acknowledge' : 'trigger'
}
