import type { SourceAlarm, SourceState } from '@outcry/contracts'
import { deterministicId } from './deterministic-id.ts'
import { planAlarm } from './plan-alarm.ts'
import type { PlannedDelivery } from './routing.ts'
import type { Route } from './settings.ts'

/** What a source last said of itself. Times are epoch ms of the wall clock. */
export type SourceReport = {
  name: string
  connector: string
  /** Brands it may speak of; all where null. */
  brands: readonly string[] | null
  state: SourceState
  reason: string
  stateSinceMs: number
  heartbeatAtMs: number | null
  /** Silence of its heartbeats after which it counts as blind, whatever it said last. */
  blindAfterMs: number
}

/** A source as judged on the wall clock, and since when without a break. */
export type JudgedSource = {
  name: string
  connector: string
  brands: readonly string[] | null
  state: SourceState
  since: number
  reason: string
}

/** What is remembered between two ticks; plain JSON. */
export type SourceWatch = {
  [source: string]: { state: SourceState; since: number; connector: string; alarmed: boolean }
}

/**
 * Judges every configured source on wall time, so that a source whose process died is blind although it said `live`
 * last, and alarms once per blindness when it lasts `blindPageAfterMs`, and once when it ends. `watchingSinceMs` is
 * when this installation started to look: what was blind while everything was switched off is given time to wake.
 */
export const watchSources = (input: {
  watch: SourceWatch
  reports: readonly SourceReport[]
  blindPageAfterMs: number
  watchingSinceMs: number
  routes: readonly Route[]
  nowMs: number
}): { watch: SourceWatch; sources: JudgedSource[]; alarms: SourceAlarm[]; deliveries: PlannedDelivery[] } => {
  const { nowMs, blindPageAfterMs, watchingSinceMs, routes } = input
  const watch: SourceWatch = {}
  const sources: JudgedSource[] = []
  const alarms: SourceAlarm[] = []
  const deliveries: PlannedDelivery[] = []
  for (const report of input.reports) {
    const before = input.watch[report.name]
    const judged = judge(report, nowMs)
    const since = before?.state === judged.state ? Math.max(before.since, judged.since) : judged.since
    const lived = before !== undefined && before.state !== 'live' && judged.state === 'live' ? nowMs : since
    // A blindness keeps its beginning, whatever the source says of itself meanwhile.
    const kept = judged.state === 'blind' && before?.state === 'blind' ? before.since : lived
    const blindFor = nowMs - Math.max(kept, watchingSinceMs)
    const alarming = judged.state === 'blind' && (before?.alarmed === true || blindFor >= blindPageAfterMs)
    const alarmed = alarming || (before?.alarmed === true && judged.state !== 'live')
    if (alarmed !== (before?.alarmed ?? false)) {
      const alarm = alarmOf(
        report,
        alarmed ? 'opened' : 'resolved',
        alarmed ? kept : (before?.since ?? kept),
        judged.reason,
        nowMs,
      )
      alarms.push(alarm)
      deliveries.push(...planAlarm(alarm, `outcry:source:${alarm.source}`, report.brands, routes))
    }
    watch[report.name] = { state: judged.state, since: kept, connector: report.connector, alarmed }
    const { name, connector, brands } = report
    sources.push({ name, connector, brands, state: judged.state, since: kept, reason: judged.reason })
  }
  return { watch, sources, alarms, deliveries }
}

const judge = (report: SourceReport, nowMs: number): { state: SourceState; since: number; reason: string } => {
  if (report.state !== 'blind') {
    const silentMs = report.heartbeatAtMs === null ? null : nowMs - report.heartbeatAtMs
    if (silentMs === null) return { state: 'blind', since: report.stateSinceMs, reason: 'no heartbeat yet' }
    if (silentMs > report.blindAfterMs) {
      return { state: 'blind', since: report.heartbeatAtMs ?? nowMs, reason: 'its heartbeats stopped' }
    }
  }
  return { state: report.state, since: report.stateSinceMs, reason: report.reason }
}

const alarmOf = (
  report: SourceReport,
  kind: SourceAlarm['kind'],
  since: number,
  reason: string,
  nowMs: number,
): SourceAlarm => ({
  id: deterministicId('sa', report.name, kind, String(since)),
  kind,
  source: report.name,
  connector: report.connector,
  at: nowMs,
  since,
  reason,
})
