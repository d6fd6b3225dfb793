import { type Static, Type } from 'typebox'
import { ClockName } from './clock.ts'
import { Authenticity, Severity } from './issue.ts'
import { EpochMs } from './mention.ts'

export const AlertKind = Type.Union([
  Type.Literal('opened'),
  Type.Literal('escalated'),
  Type.Literal('updated'),
  Type.Literal('resolved'),
])
export type AlertKind = Static<typeof AlertKind>
export const ALERT_KINDS: readonly AlertKind[] = AlertKind.anyOf.map(({ const: kind }) => kind)

/** What made Outcry say something: `escalated` by `severity`, `reopened` or `overdue`, `updated` by `calm`, and so on. */
export const AlertReason = Type.Union([
  Type.Literal('burst'),
  Type.Literal('recurrence'),
  Type.Literal('split'),
  Type.Literal('severity'),
  Type.Literal('reopened'),
  Type.Literal('growth'),
  Type.Literal('calm'),
  Type.Literal('active'),
  Type.Literal('absorbed'),
  Type.Literal('acknowledged'),
  Type.Literal('announced'),
  Type.Literal('person'),
  Type.Literal('merged'),
  Type.Literal('dismissed'),
  /** A mute ended that had held the page. */
  Type.Literal('unmuted'),
  /** A planned event is over that had held the page. */
  Type.Literal('event-over'),
  /** What an older release called `overdue` of the clock `acknowledge`. */
  Type.Literal('unanswered'),
  /** A clock will soon be over. */
  Type.Literal('due'),
  /** A clock is over. */
  Type.Literal('overdue'),
])
export type AlertReason = Static<typeof AlertReason>

/** A message about an issue that leaves the system; a line of `alerts.jsonl`. */
export const Alert = Type.Object({
  id: Type.String(),
  kind: AlertKind,
  issueId: Type.String(),
  clusterId: Type.String(),
  brand: Type.String(),
  severity: Severity,
  page: Type.Boolean(),
  at: EpochMs,
  since: EpochMs,
  label: Type.String(),
  terms: Type.Array(Type.String()),
  mentions: Type.Integer(),
  authors: Type.Integer(),
  expected: Type.Number(),
  /** Distinct people in `windowMs`, to hold against `expected`; `authors` counts the whole issue. */
  observed: Type.Optional(Type.Integer()),
  windowMs: Type.Integer(),
  tailProbability: Type.Number(),
  authenticity: Authenticity,
  reasons: Type.Array(Type.String()),
  mentionIds: Type.Array(Type.String(), { maxItems: 200 }),
  /** Why it did or did not page, for example "held: 3 of 3 pages this week are used; until 2026-03-09 14:20 UTC only a crisis pages". */
  pageReason: Type.String(),
  /** What made this alert; `reasons` explain the issue behind it. */
  reason: Type.Optional(AlertReason),
  /** The clock that is due or overdue, and when it is or was over. */
  clock: Type.Optional(Type.Object({ name: ClockName, dueAt: EpochMs })),
  /** Who decided, where a person did: the name of a token or session. */
  by: Type.Optional(Type.String()),
  issueType: Type.Optional(Type.String()),
  /** The issue that goes on in place of this one. */
  mergedInto: Type.Optional(Type.String()),
  drill: Type.Optional(Type.Boolean()),
})
export type Alert = Static<typeof Alert>

/**
 * A source went blind for too long (`opened`), or is live again (`resolved`). Not about an issue. The same of the log
 * itself: `source` names a partition that lost records before they were counted.
 */
export const SourceAlarm = Type.Object({
  id: Type.String(),
  /** A source where absent. */
  about: Type.Optional(Type.Literal('log')),
  kind: Type.Union([Type.Literal('opened'), Type.Literal('resolved')]),
  source: Type.String(),
  connector: Type.String(),
  /** Wall time of the decision, and since when the source was blind. */
  at: EpochMs,
  since: EpochMs,
  reason: Type.String(),
})
export type SourceAlarm = Static<typeof SourceAlarm>

/** A line of `assignments.jsonl`. */
export const Assignment = Type.Object({
  id: Type.String(),
  brand: Type.String(),
  complaint: Type.Number({ minimum: 0, maximum: 1 }),
  cluster: Type.Union([Type.String(), Type.Null()]),
  issue: Type.Union([Type.String(), Type.Null()]),
})
export type Assignment = Static<typeof Assignment>
