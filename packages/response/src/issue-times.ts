import { ALERT_KINDS, type IssueDurations, type IssueTimes, type Statement } from '@outcry/contracts'
import { channelKey } from './channel-key.ts'
import { owedClosings } from './owed-closings.ts'

/** A line of an issue's timeline, as far as its times go. `at` is epoch ms. */
export type TimedEntry = { at: number; kind: string; body: Readonly<Record<string, unknown>> }

const BRIEF: ReadonlySet<Statement['kind']> = new Set(['brief'])
/** What is said to everybody. */
export const TO_THE_PUBLIC: ReadonlySet<Statement['kind']> = new Set(['holding', 'update', 'notice', 'closing'])
const CLOSING: ReadonlySet<Statement['kind']> = new Set(['closing'])

/** The times of an issue from what is on record. The order of timeline and statements does not matter. */
export const issueTimes = (
  issue: { since: number; openedAt: number },
  timeline: readonly TimedEntry[],
  statements: readonly Pick<Statement, 'kind' | 'publications'>[],
): IssueTimes => {
  const said = (kinds: ReadonlySet<Statement['kind']>) =>
    statements.filter(({ kind }) => kinds.has(kind)).flatMap(({ publications }) => publications)
  const lines = linesOfAlerts(timeline)
  const was = (reason: string) => lines.filter(({ body }) => body['reason'] === reason)
  const reopened = lastOf(was('reopened')) ?? Number.NEGATIVE_INFINITY
  return {
    onset: Math.min(issue.since, issue.openedAt),
    detected: issue.openedAt,
    paged: firstOf(lines.filter(({ body }) => body['page'] === true)),
    acknowledged: firstOf([...was('acknowledged'), ...was('announced')]),
    briefed: firstOf(said(BRIEF)),
    announced: firstOf([...said(TO_THE_PUBLIC), ...was('announced')]),
    fixed: firstOf([
      ...said(CLOSING).filter(({ at }) => at > reopened),
      ...resolutions(lines).filter(({ at, body }) => body['reason'] === 'person' && at > reopened),
    ]),
    resolved: lastOf(resolutions(lines).filter(({ at }) => at >= reopened)),
    thanked: owedClosings(statements).length > 0 ? null : lastThanks(said(CLOSING)),
  }
}

export const issueDurations = (times: IssueTimes): IssueDurations => {
  const since = (from: number, to: number | null) => (to === null ? null : Math.max(0, to - from))
  return {
    detected: since(times.onset, times.detected),
    paged: since(times.detected, times.paged),
    acknowledged: since(times.detected, times.acknowledged),
    briefed: since(times.detected, times.briefed),
    announced: since(times.detected, times.announced),
    fixed: since(times.detected, times.fixed),
    resolved: since(times.detected, times.resolved),
    thanked: since(times.detected, times.thanked),
  }
}

const OF_ALERTS: ReadonlySet<string> = new Set(ALERT_KINDS)

/** Lines of which the reason is one of Outcry's own: in others, such as that of a mute, a person wrote it. */
export const linesOfAlerts = (timeline: readonly TimedEntry[]): TimedEntry[] =>
  timeline.filter(({ kind }) => OF_ALERTS.has(kind))

export const firstOf = (happened: readonly { at: number }[]): number | null =>
  happened.length === 0 ? null : happened.reduce((first, { at }) => Math.min(first, at), Number.POSITIVE_INFINITY)

const lastOf = (happened: readonly { at: number }[]): number | null =>
  happened.length === 0 ? null : happened.reduce((last, { at }) => Math.max(last, at), Number.NEGATIVE_INFINITY)

const resolutions = (timeline: readonly TimedEntry[]): TimedEntry[] =>
  timeline.filter(
    ({ kind, body }) => kind === 'resolved' && body['reason'] !== 'dismissed' && body['reason'] !== 'merged',
  )

/** The first thank-you of each channel counts; it is done with the last of these. */
const lastThanks = (closings: readonly { channel: string; at: number }[]): number | null => {
  const first = new Map<string, { at: number }>()
  for (const { channel, at } of closings) {
    const key = channelKey(channel)
    first.set(key, { at: Math.min(at, first.get(key)?.at ?? at) })
  }
  return lastOf([...first.values()])
}
