import { logGapReason, logName, type SourceAlarm } from '@outcry/contracts'
import { deterministicId } from './deterministic-id.ts'
import { planAlarm } from './plan-alarm.ts'
import type { PlannedDelivery } from './routing.ts'
import type { Route } from './settings.ts'

/** What is missing from one partition of the log. Times are epoch ms of the wall clock. */
export type LogGapReport = {
  partition: number
  brands: readonly string[]
  /** Records known to be missing; 0 where only the replaced log would know. */
  lost: number
  replaced: boolean
  firstAtMs: number
  lastAtMs: number
}

/** What is remembered between two ticks, by partition; plain JSON. */
export type LogWatch = { [partition: string]: { lastAtMs: number; brands: readonly string[] } }

/**
 * Alarms for each new gap of the log, and once when a partition had none for a day. `reports` are those of the last
 * `LOG_GAP_SHOWN_MS`. Routed like an alarm of a source: a gap is a blindness that already happened.
 */
export const watchLog = (input: {
  watch: LogWatch
  reports: readonly LogGapReport[]
  routes: readonly Route[]
  nowMs: number
}): { watch: LogWatch; alarms: SourceAlarm[]; deliveries: PlannedDelivery[] } => {
  const { nowMs, routes } = input
  const watch: LogWatch = {}
  const alarms: SourceAlarm[] = []
  const deliveries: PlannedDelivery[] = []
  const alarm = (
    partition: string,
    brands: readonly string[],
    rest: Pick<SourceAlarm, 'kind' | 'since' | 'reason'>,
  ) => {
    const id = deterministicId('sa', logName(partition), rest.kind, String(rest.since))
    const one: SourceAlarm = { id, about: 'log', source: logName(partition), connector: 'bus', at: nowMs, ...rest }
    alarms.push(one)
    deliveries.push(...planAlarm(one, `outcry:log:${partition}`, brands.length === 0 ? null : brands, routes))
  }
  for (const report of input.reports) {
    const { partition, lastAtMs, brands } = report
    watch[partition] = { lastAtMs, brands }
    if ((input.watch[partition]?.lastAtMs ?? 0) >= lastAtMs) continue
    alarm(`${partition}`, brands, { kind: 'opened', since: lastAtMs, reason: logGapReason(report) })
  }
  for (const [partition, { lastAtMs, brands }] of Object.entries(input.watch)) {
    if (watch[partition]) continue
    alarm(partition, brands, { kind: 'resolved', since: lastAtMs, reason: 'read without a gap for a day' })
  }
  return { watch, alarms, deliveries }
}
