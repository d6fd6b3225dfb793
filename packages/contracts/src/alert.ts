import Type, { type Static } from 'typebox'
import { Authenticity, Severity } from './issue.ts'
import { EpochMs } from './mention.ts'

export const AlertKind = Type.Union([
  Type.Literal('opened'),
  Type.Literal('escalated'),
  Type.Literal('updated'),
  Type.Literal('resolved'),
])
export type AlertKind = Static<typeof AlertKind>

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
  windowMs: Type.Integer(),
  tailProbability: Type.Number(),
  authenticity: Authenticity,
  reasons: Type.Array(Type.String()),
  mentionIds: Type.Array(Type.String(), { maxItems: 200 }),
  /** Why it did or did not page, for example "held: budget, 3 of 3 this week". */
  pageReason: Type.String(),
  issueType: Type.Optional(Type.String()),
  drill: Type.Optional(Type.Boolean()),
})
export type Alert = Static<typeof Alert>

/** A line of `assignments.jsonl`. */
export const Assignment = Type.Object({
  id: Type.String(),
  brand: Type.String(),
  complaint: Type.Number({ minimum: 0, maximum: 1 }),
  cluster: Type.Union([Type.String(), Type.Null()]),
  issue: Type.Union([Type.String(), Type.Null()]),
})
export type Assignment = Static<typeof Assignment>
