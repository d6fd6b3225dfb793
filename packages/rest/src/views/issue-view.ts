import { Type, type Static } from 'typebox'
import { Authenticity, Harm, IssueState, Severity, SourceDelay, isoTime } from '@outcry/contracts'
import type { IssueDetail, IssueRecord } from '../ports-of-issues.ts'
import { clockView, ClockView, isOwed } from './clock-view.ts'
import { ExemplarView, exemplarView } from './exemplar-view.ts'
import { Nullable, Time } from './times.ts'
import { TypeOfIssueView, typeOfIssueView } from './type-of-issue-view.ts'

const summaryFields = {
  id: Type.String(),
  brand: Type.String(),
  state: IssueState,
  severity: Severity,
  calm: Type.Boolean({ description: 'The burst ended; the issue stays open.' }),
  drill: Type.Boolean(),
  label: Type.String(),
  terms: Type.Array(Type.String()),
  issueType: Nullable(Type.String({ description: 'Id of `type`.' })),
  type: TypeOfIssueView,
  since: Time('Estimate of the onset.'),
  openedAt: Time(),
  updatedAt: Time(),
  mentions: Type.Integer(),
  authors: Type.Integer({ description: 'Distinct people so far.' }),
  observed: Type.Integer({ description: 'Distinct people in the window that decided.' }),
  expected: Type.Number({ description: 'People the baseline expects in that window.' }),
  windowMs: Type.Integer(),
  perHour: Type.Number(),
  lastHour: Nullable(Type.Integer({ description: 'People of the last hour.' })),
  hourBefore: Nullable(Type.Integer({ description: 'People of the hour before that.' })),
  recent: Type.Array(Type.Integer(), {
    description: 'People of each 10-minute step of the last 6 hours, oldest first.',
  }),
  firstHand: Nullable(Type.Integer({ description: 'Posts that tell what happened to their writer.' })),
  hearsay: Nullable(Type.Integer({ description: 'Posts that tell what their writer heard.' })),
  platforms: Type.Record(Type.String(), Type.Integer()),
  authenticity: Authenticity,
  judged: Nullable(
    Type.Object(
      { by: Type.String(), at: Time(), reason: Type.String(), seen: Authenticity },
      { description: 'The person whose word the authenticity is, with what the detector sees.' },
    ),
  ),
  page: Type.Boolean(),
  pageReason: Type.String({ description: 'Why it did or did not page.' }),
  waiting: Type.Array(
    Type.Object({ target: Type.String(), since: Time(), until: Time('As things stand.'), reason: Type.String() }),
    { description: 'Messages that wait for quiet hours or a mute to end, one a target.' },
  ),
  held: Type.Boolean({ description: 'It wanted a page and got none.' }),
  worth: Nullable(Type.Number({ description: 'What a page about it is worth, of 10.' })),
  clocks: Type.Array(ClockView, {
    description: 'What people owe to it by when: in lists what is not done, else all that began.',
  }),
  acknowledgedBy: Nullable(Type.String()),
  mergedInto: Nullable(Type.String()),
  recurrenceOf: Nullable(Type.String()),
  clusterId: Type.String(),
  revision: Type.Integer(),
}
export const IssueSummaryView = Type.Object(summaryFields)

export const IssueView = Type.Object({
  ...summaryFields,
  rule: Type.Union([Type.Literal('scan'), Type.Literal('counter')]),
  tailProbability: Type.Number(),
  reposts: Type.Integer(),
  hostility: Type.Number(),
  hostilityRise: Nullable(Type.Number({ description: 'How much more hostile the newer half of the posts is.' })),
  unanswered: Nullable(
    Type.Number({
      description: 'Share of the posts without a reply by the brand; null where its replies are not seen.',
    }),
  ),
  reach: Type.Integer(),
  harm: Harm,
  delays: Type.Array(SourceDelay, {
    description:
      'How late the evidence came in by source: the median from writing to first reading, of its posts that tell when ' +
      'they were written and were not edited. A source without such posts is not named.',
  }),
  reasons: Type.Array(Type.String()),
  exemplars: Type.Array(ExemplarView, { description: 'The first post, then representative ones.' }),
  series: Type.Array(Type.Object({ at: Time(), people: Type.Integer(), expected: Type.Number() }), {
    description: 'Distinct people in each 10-minute step, oldest first.',
  }),
})

export const issueSummaryView = (issue: IssueRecord): Static<typeof IssueSummaryView> => {
  const { evidence } = issue
  return {
    id: issue.id,
    brand: issue.brand,
    state: issue.state,
    severity: issue.severity,
    calm: issue.calm,
    drill: issue.drill,
    label: evidence.label,
    terms: evidence.terms,
    issueType: issue.issueType,
    type: typeOfIssueView(issue.type),
    since: isoTime(evidence.since),
    openedAt: isoTime(issue.openedAt),
    updatedAt: isoTime(issue.updatedAt),
    mentions: evidence.mentions,
    authors: evidence.authors,
    observed: evidence.observed,
    expected: evidence.expected,
    windowMs: evidence.windowMs,
    perHour: evidence.perHour,
    lastHour: evidence.lastHour ?? null,
    hourBefore: evidence.hourBefore ?? null,
    recent: evidence.series.map(({ people }) => people),
    firstHand: evidence.firstHand ?? null,
    hearsay: evidence.hearsay ?? null,
    platforms: evidence.platforms,
    authenticity: evidence.authenticity,
    judged: issue.judged && { ...issue.judged, at: isoTime(issue.judged.at) },
    page: issue.page,
    pageReason: issue.pageReason,
    waiting: issue.waiting.map(({ target, since, until, reason }) => ({
      target,
      since: isoTime(since),
      until: isoTime(until),
      reason,
    })),
    held: issue.held,
    worth: issue.worth,
    clocks: issue.clocks.filter(isOwed).flatMap(clockView),
    acknowledgedBy: issue.acknowledgedBy,
    mergedInto: issue.mergedInto,
    recurrenceOf: issue.recurrenceOf,
    clusterId: issue.clusterId,
    revision: issue.revision,
  }
}

export const issueView = (issue: IssueDetail): Static<typeof IssueView> => {
  const { evidence } = issue
  const { rule, tailProbability, reposts, hostility, reach, harm, reasons, exemplars, series } = evidence
  return {
    ...issueSummaryView(issue),
    clocks: issue.clocks.flatMap(clockView),
    rule,
    tailProbability,
    reposts,
    hostility,
    hostilityRise: evidence.hostilityRise ?? null,
    unanswered: evidence.unanswered ?? null,
    reach,
    harm,
    delays: [...issue.delays],
    reasons,
    exemplars: exemplars.map(exemplarView),
    series: series.map(({ at, people, expected }) => ({ at: isoTime(at), people, expected })),
  }
}
