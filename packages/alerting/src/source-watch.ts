import { MINUTE_MS, type SourceAlarm, type SourceState } from '@outcry/contracts'
import { deterministicId } from './deterministic-id.ts'
import { judgeSource, type SourceReport } from './judge-source.ts'
import { planAlarm } from './plan-alarm.ts'
import type { PlannedDelivery } from './routing.ts'
import type { Route } from './settings.ts'

/** A source as judged on the wall clock, and since when without a break. */
export type JudgedSource = {
  name: string
  connector: string
  brands: readonly string[] | null
  state: SourceState
  since: number
  reason: string
}

/** What is remembered between two looks; plain JSON. An older release wrote neither `seenAt` nor `watchedFrom`. */
export type SourceWatch = {
  [source: string]: {
    state: SourceState
    since: number
    connector: string
    alarmed: boolean
    /** When it was last looked at, and since when without a break. */
    seenAt?: number
    watchedFrom?: number
  }
}

/** Nobody looked for so long: everything was down or asleep, or the clock was moved. */
const BREAK_MS = 5 * MINUTE_MS

/**
 * Judges every configured source on wall time, so that a source whose process died is blind although it said `live`
 * last, and alarms once per blindness when it lasts `blindPageAfterMs`, and once when it ends. `watchingSinceMs` is
 * when this process started to look: what was blind while everything was switched off is given time to wake.
 *
 * The wall clock may jump. Over a break nobody can vouch that a source was live throughout, nor that it was blind: both
 * count from the break's end. After a jump back nothing is dated in the future.
 */
export const watchSources = (input: {
  watch: SourceWatch
  reports: readonly SourceReport[]
  blindPageAfterMs: number
  watchingSinceMs: number
  routes: readonly Route[]
  nowMs: number
}): { watch: SourceWatch; sources: JudgedSource[]; alarms: SourceAlarm[]; deliveries: PlannedDelivery[] } => {
  const { nowMs, blindPageAfterMs, routes } = input
  const watch: SourceWatch = {}
  const sources: JudgedSource[] = []
  const alarms: SourceAlarm[] = []
  const deliveries: PlannedDelivery[] = []
  for (const report of input.reports) {
    const before = input.watch[report.name]
    const judged = judgeSource(report, nowMs)
    const broken = before?.seenAt !== undefined && nowMs - before.seenAt > BREAK_MS
    const watchedFrom = broken ? nowMs : Math.min(before?.watchedFrom ?? 0, nowMs)
    const kept = Math.min(nowMs, sinceOf(judged, before, broken, nowMs))
    const blindFor = nowMs - Math.max(kept, Math.min(input.watchingSinceMs, nowMs), watchedFrom)
    const alarming = judged.state === 'blind' && (before?.alarmed === true || blindFor >= blindPageAfterMs)
    const alarmed = alarming || (before?.alarmed === true && judged.state !== 'live')
    if (alarmed !== (before?.alarmed ?? false)) {
      const kind = alarmed ? 'opened' : 'resolved'
      const alarm = alarmOf(report, kind, alarmed ? kept : (before?.since ?? kept), judged.reason, nowMs)
      alarms.push(alarm)
      deliveries.push(...planAlarm(alarm, `outcry:source:${alarm.source}`, report.brands, routes))
    }
    const { name, connector, brands } = report
    watch[name] = { state: judged.state, since: kept, connector, alarmed, seenAt: nowMs, watchedFrom }
    sources.push({ name, connector, brands, state: judged.state, since: kept, reason: judged.reason })
  }
  return { watch, sources, alarms, deliveries }
}

/** Since when without a break the source is in the state it is judged to be in. */
const sinceOf = (
  judged: { state: SourceState; since: number },
  before: SourceWatch[string] | undefined,
  broken: boolean,
  nowMs: number,
): number => {
  // A blindness keeps its beginning, whatever the source says of itself meanwhile.
  if (judged.state === 'blind' && before?.state === 'blind') return before.since
  if (judged.state === 'live' && (broken || (before !== undefined && before.state !== 'live'))) return nowMs
  return before?.state === judged.state ? Math.max(before.since, judged.since) : judged.since
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
