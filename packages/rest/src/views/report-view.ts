import {
  Authenticity,
  ComplaintOutcome,
  IssueState,
  type IssueReport,
  isoTime,
  Severity,
  StatementKind,
  StatementLanguage,
  StatementState,
} from '@outcry/contracts'
import { type Static, Type } from 'typebox'
import type { BrandScope } from '../ports-of-lists.ts'
import { NearEventView, nearEventView } from './known-event-view.ts'
import { postLink } from './post-link.ts'
import { Nullable, Time, timeOrNull } from './times.ts'

const each = <T extends Type.TSchema>(schema: T) => ({
  paged: schema,
  acknowledged: schema,
  briefed: schema,
  announced: schema,
  fixed: schema,
  resolved: schema,
  thanked: schema,
})
const Span = Type.Object({ from: Time(), to: Time(), people: Type.Integer() })

/** A report for programs, and for the console. */
export const IssueReportView = Type.Object({
  madeAt: Time(),
  issue: Type.Object({
    id: Type.String(),
    brand: Type.String(),
    brandName: Type.String(),
    label: Type.String(),
    severity: Severity,
    state: IssueState,
    issueType: Nullable(Type.String()),
    drill: Type.Boolean(),
  }),
  evidence: Type.Object({
    mentions: Type.Integer(),
    authors: Type.Integer(),
    windowMs: Type.Integer({ description: 'The window that decided.' }),
    observed: Type.Integer({ description: 'People in that window.' }),
    expected: Type.Number({ description: 'People that are usual in it.' }),
    platforms: Type.Record(Type.String(), Type.Integer()),
    authenticity: Authenticity,
    reasons: Type.Array(Type.String()),
  }),
  posts: Type.Array(
    Type.Object({ at: Time(), source: Type.String(), excerpt: Type.String(), url: Nullable(Type.String()) }),
  ),
  times: Type.Object(
    { onset: Time(), detected: Time(), ...each(Nullable(Time())) },
    { description: 'When each step was first taken; null where it was not.' },
  ),
  durationsMs: Type.Object(
    { detected: Type.Integer(), ...each(Nullable(Type.Integer())) },
    { description: '`detected` from the onset, every other from the detection.' },
  ),
  exposure: Type.Object({
    reach: Type.Integer(),
    unansweredShare: Nullable(Type.Number()),
    affected: Nullable(Type.Object({ low: Type.Integer(), high: Type.Integer() })),
    assumption: Type.String(),
  }),
  fall: Nullable(
    Type.Object({
      verdict: Type.Union([
        Type.Literal('fell'),
        Type.Literal('not-yet'),
        Type.Literal('too-early'),
        Type.Literal('too-few-to-tell'),
      ]),
      before: Span,
      after: Span,
      odds: Type.Number({ description: 'How likely so few or fewer are after the fix where nothing changed.' }),
    }),
  ),
  fallWords: Type.String(),
  series: Nullable(
    Type.Object({
      from: Time(),
      to: Time(),
      stepMs: Type.Integer(),
      steps: Type.Array(Type.Object({ at: Time(), people: Type.Integer() }), {
        description: 'Steps without anybody are left out.',
      }),
    }),
  ),
  events: Type.Array(NearEventView),
  statements: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: StatementKind,
      language: StatementLanguage,
      state: StatementState,
      text: Type.String(),
      writtenBy: Type.String(),
      approvedBy: Nullable(Type.String()),
      publications: Type.Array(
        Type.Object({ channel: Type.String(), url: Type.Optional(Type.String()), at: Time(), by: Type.String() }),
      ),
    }),
  ),
  timeline: Type.Array(Type.Object({ at: Time(), actor: Type.String(), words: Type.String() })),
  complaints: Nullable(Type.Object({ complaints: Type.Integer(), unanswered: Type.Integer() })),
  outcomes: Type.Partial(Type.Record(ComplaintOutcome, Type.Integer())),
  recurrence: Type.Object({
    issueType: Nullable(Type.String()),
    days30: Type.Integer(),
    days90: Type.Integer(),
    days365: Type.Integer(),
    earlier: Type.Array(
      Type.Object({ id: Type.String(), label: Type.String(), state: IssueState, severity: Severity, openedAt: Time() }),
    ),
    words: Type.String(),
  }),
})

export const issueReportView = (report: IssueReport, scope: BrandScope): Static<typeof IssueReportView> => {
  const { times, durations, fall, series, standing, recurrence } = report
  const span = ({ fromMs, toMs, people }: { fromMs: number; toMs: number; people: number }) => ({
    from: isoTime(fromMs),
    to: isoTime(toMs),
    people,
  })
  return {
    madeAt: isoTime(report.madeAt),
    issue: report.issue,
    evidence: { ...report.evidence, reasons: [...report.evidence.reasons] },
    posts: report.posts.map(({ at, url, ...post }) => ({ ...post, at: isoTime(at), url: postLink(url) })),
    times: {
      onset: isoTime(times.onset),
      detected: isoTime(times.detected),
      paged: timeOrNull(times.paged),
      acknowledged: timeOrNull(times.acknowledged),
      briefed: timeOrNull(times.briefed),
      announced: timeOrNull(times.announced),
      fixed: timeOrNull(times.fixed),
      resolved: timeOrNull(times.resolved),
      thanked: timeOrNull(times.thanked),
    },
    durationsMs: { ...durations, detected: durations.detected ?? 0 },
    exposure: report.exposure,
    fall: fall && { verdict: fall.verdict, before: span(fall.before), after: span(fall.after), odds: fall.odds },
    fallWords: report.fallWords,
    series: series && {
      from: isoTime(series.fromMs),
      to: isoTime(series.toMs),
      stepMs: series.stepMs,
      steps: series.steps.map(({ at, people }) => ({ at: isoTime(at), people })),
    },
    events: report.events.map((event) => nearEventView(event, scope)),
    statements: report.statements.map(({ publications, ...statement }) => ({
      ...statement,
      publications: publications.map(({ at, ...publication }) => ({ ...publication, at: isoTime(at) })),
    })),
    timeline: report.timeline.map(({ at, ...entry }) => ({ ...entry, at: isoTime(at) })),
    complaints: standing && { complaints: standing.complaints, unanswered: standing.unanswered },
    outcomes: { ...report.outcomes },
    recurrence: {
      ...recurrence,
      earlier: recurrence.earlier.map(({ openedAt, ...issue }) => ({ ...issue, openedAt: isoTime(openedAt) })),
    },
  }
}
