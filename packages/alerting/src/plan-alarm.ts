import type { SourceAlarm } from '@outcry/contracts'
import { deterministicId } from './deterministic-id.ts'
import { type PlannedDelivery, routeObstacle } from './routing.ts'
import type { Route } from './settings.ts'

/** An alarm counts as a paging `major` and costs no budget. `dedupKey` is the one of what it is about, for ever. */
export const planAlarm = (
  alarm: SourceAlarm,
  dedupKey: string,
  brands: readonly string[] | null,
  routes: readonly Route[],
): PlannedDelivery[] =>
  routes
    .filter((route) => routeObstacle(route, { brands, drill: false, severity: 'major', pages: true }) === null)
    .map(({ target }) => ({
      // An alarm has no place in the feed, so its id puts the messages of one source in order of time.
      id: deterministicId(`dl_${String(alarm.at).padStart(15, '0')}`, alarm.id, target),
      alertId: alarm.id,
      issueId: '',
      brand: '',
      target,
      dedupKey,
      action: alarm.kind === 'opened' ? 'trigger' : 'resolve',
    }))
