import { type Static, Type } from 'typebox'
import { EpochMs } from './mention.ts'

export const Severity = Type.Union([Type.Literal('incident'), Type.Literal('major'), Type.Literal('crisis')])
export type Severity = Static<typeof Severity>

/** Rank of a severity; it only rises while an issue is open. */
export const SEVERITY_RANK: Readonly<Record<Severity, number>> = { incident: 0, major: 1, crisis: 2 }

export const IssueState = Type.Union([
  Type.Literal('open'),
  Type.Literal('acknowledged'),
  Type.Literal('announced'),
  Type.Literal('resolved'),
  Type.Literal('dismissed'),
  Type.Literal('merged'),
])
export type IssueState = Static<typeof IssueState>

export const Authenticity = Type.Union([
  Type.Literal('genuine'),
  Type.Literal('coordinated'),
  Type.Literal('uncertain'),
])
export type Authenticity = Static<typeof Authenticity>

export const Harm = Type.Union([
  Type.Literal('none'),
  Type.Literal('access'),
  Type.Literal('privacy'),
  Type.Literal('money'),
  Type.Literal('safety'),
])
export type Harm = Static<typeof Harm>

/** One post shown to people. Lives in the database only; leaves the system as a link and a short excerpt. */
export const Exemplar = Type.Object({
  mentionId: Type.String(),
  at: EpochMs,
  source: Type.String(),
  excerpt: Type.String({ maxLength: 280 }),
  url: Type.Optional(Type.String()),
})
export type Exemplar = Static<typeof Exemplar>

/** What was counted, against what, since when, and why it fired. */
export const Evidence = Type.Object({
  label: Type.String(),
  terms: Type.Array(Type.String(), { maxItems: 12 }),
  issueType: Type.Union([Type.String(), Type.Null()]),
  /** Which rule decided: the neighbourhood `scan`, or the `counter` of an issue type. */
  rule: Type.Union([Type.Literal('scan'), Type.Literal('counter')]),
  since: EpochMs,
  /** The window that decided. */
  windowMs: Type.Integer(),
  /** Distinct people in that window, and how many the baseline expects. */
  observed: Type.Integer(),
  expected: Type.Number(),
  tailProbability: Type.Number(),
  /** Totals of the issue so far. */
  mentions: Type.Integer(),
  authors: Type.Integer(),
  reposts: Type.Integer(),
  perHour: Type.Number(),
  /** People of the last hour, and of the hour before that. */
  lastHour: Type.Optional(Type.Integer()),
  hourBefore: Type.Optional(Type.Integer()),
  hostility: Type.Number(),
  /** How much more hostile the newer half of the posts is than the older half, -1 to 1. */
  hostilityRise: Type.Optional(Type.Number()),
  reach: Type.Integer(),
  /** Share of the posts without a reply by the brand; absent where its replies were never seen. */
  unanswered: Type.Optional(Type.Number()),
  /** Posts that tell what happened to their writer, and what the writer heard. */
  firstHand: Type.Optional(Type.Integer()),
  hearsay: Type.Optional(Type.Integer()),
  platforms: Type.Record(Type.String(), Type.Integer()),
  harm: Harm,
  authenticity: Authenticity,
  /** Short sentences for people: counted, expected, onset, doubt, and what would have changed it. */
  reasons: Type.Array(Type.String(), { maxItems: 20 }),
  mentionIds: Type.Array(Type.String(), { maxItems: 200 }),
  /** The first post and up to five representative ones. */
  exemplars: Type.Array(Exemplar, { maxItems: 6 }),
  /** Distinct people in each 10-minute step over the last 6 hours, oldest first, and what was expected. */
  series: Type.Array(Type.Object({ at: EpochMs, people: Type.Integer(), expected: Type.Number() }), { maxItems: 36 }),
})
export type Evidence = Static<typeof Evidence>

/** Facts about issues that the detector states; the only outbox is the table of these. */
export const IssueEventKind = Type.Union([
  Type.Literal('opened'),
  Type.Literal('grew'),
  Type.Literal('severity'),
  Type.Literal('calm'),
  Type.Literal('active'),
  Type.Literal('reopened'),
  Type.Literal('merged'),
  Type.Literal('split'),
  Type.Literal('evidence'),
  Type.Literal('resolved'),
  Type.Literal('dismissed'),
])
export type IssueEventKind = Static<typeof IssueEventKind>

/**
 * One fact. `id` is a keyed hash of the issue's founding record, the kind and the deciding record, so a rebuilt
 * detector states the same fact under the same id. `active` ends a `calm`; `evidence` is what is left or added once a
 * person removed, split or merged.
 */
export const IssueEvent = Type.Object({
  id: Type.String(),
  kind: IssueEventKind,
  brand: Type.String(),
  issueId: Type.String(),
  clusterId: Type.String(),
  severity: Severity,
  /** The brand's clock at the decision, never earlier than the last mention used. */
  at: EpochMs,
  evidence: Evidence,
  mergedInto: Type.Optional(Type.String()),
  splitFrom: Type.Optional(Type.String()),
  recurrenceOf: Type.Optional(Type.String()),
  commandId: Type.Optional(Type.String()),
})
export type IssueEvent = Static<typeof IssueEvent>

/** A cluster as people see it in the API. */
export const ClusterSummary = Type.Object({
  id: Type.String(),
  brand: Type.String(),
  label: Type.String(),
  terms: Type.Array(Type.String()),
  mentions: Type.Integer(),
  authors: Type.Integer(),
  /** Distinct people in the last hour, and how many are expected. */
  lastHour: Type.Integer(),
  expected: Type.Number(),
  trend: Type.Union([Type.Literal('rising'), Type.Literal('steady'), Type.Literal('falling')]),
  firstAt: EpochMs,
  lastAt: EpochMs,
  issueId: Type.Union([Type.String(), Type.Null()]),
  exemplars: Type.Array(Exemplar, { maxItems: 6 }),
})
export type ClusterSummary = Static<typeof ClusterSummary>
