import {
  isoMinute,
  type IssueReport,
  type ReportBlock,
  type ReportDocument,
  type StatementKind,
  TIMED_STEPS,
  wallTime,
} from '@outcry/contracts'
import { exposureInWords } from '../exposure.ts'
import { spanInWords } from '../span-in-words.ts'
import { stoodOutBy } from '../stood-out.ts'

const KINDS: Readonly<Record<StatementKind, string>> = {
  brief: 'Brief of the front line',
  holding: 'Holding statement',
  update: 'Update',
  notice: 'Notice to those who have not met it',
  closing: 'Thank-you',
}

/** Lines of the timeline in the document; the other formats have all of them. */
const MOST_LINES = 200

const WHAT_IS_COUNTED =
  'Counted are those who complained from an hour before the fix to an hour after it, and not all people of the issue.'

/** The report as a document for people who were not there. Times are UTC. */
export const reportDocument = (report: IssueReport): ReportDocument => {
  const { issue, evidence, madeAt } = report
  const blocks: ReportBlock[] = [
    ...(issue.drill ? [paragraph('This was a drill: the posts were made up.')] : []),
    ...summary(report),
    heading('How long it took'),
    timesTable(report),
    heading('Did complaints fall?'),
    paragraph(report.fall === null ? report.fallWords : `${report.fallWords} ${WHAT_IS_COUNTED}`),
    ...chart(report),
    heading('How far it reached'),
    list([
      ...exposureInWords(report.exposure),
      ...outcomeWords(report),
      `Posts by source: ${counts(evidence.platforms) || 'none'}.`,
    ]),
    heading('What else happened'),
    ...(report.events.length === 0
      ? [paragraph('No release or other event is known from the day before the onset on.')]
      : [
          {
            type: 'list' as const,
            items: report.events.map(({ words, url }) => ({ text: words, url: url ?? undefined })),
          },
        ]),
    heading('Has it been here before?'),
    paragraph(report.recurrence.words),
    list(
      report.recurrence.earlier.map(
        ({ openedAt, label, severity, state, id }) => `${isoMinute(openedAt)}: ${label} (${severity}, ${state}, ${id})`,
      ),
    ),
    heading('Why it is an issue'),
    list(evidence.reasons),
    heading('What was said'),
    ...said(report),
    heading('What happened when'),
    timelineTable(report),
    heading('Posts'),
    {
      type: 'list',
      items: report.posts.map(({ at, source, excerpt, url }) => ({
        text: `${isoMinute(at)}, ${source}: ${excerpt}`,
        url: url ?? undefined,
      })),
    },
  ]
  return {
    title: `${issue.brandName}: ${issue.label}`,
    subtitle: `Report of issue ${issue.id}, as of ${wallTime(madeAt)}`,
    blocks: blocks.filter((block) => block.type !== 'list' || block.items.length > 0),
  }
}

const summary = ({ issue, evidence, times, durations }: IssueReport): ReportBlock[] => {
  const resolved =
    times.resolved === null
      ? `It is ${issue.state}.`
      : `It was resolved ${spanInWords(durations.resolved ?? 0)} after it was detected.`
  return [
    paragraph(
      `From ${wallTime(times.onset)} on, ${evidence.authors} people complained in ${evidence.mentions} posts. ` +
        `${stoodOutBy(evidence)} Outcry took it for ` +
        `${issue.severity === 'incident' ? 'an' : 'a'} ${issue.severity}` +
        `${issue.issueType === null ? '' : ` of the type ${issue.issueType}`}, with voices that look ${evidence.authenticity}. ${resolved}`,
    ),
  ]
}

const timesTable = ({ times, durations }: IssueReport): ReportBlock => ({
  type: 'table',
  head: ['Step', 'When (UTC)', 'After'],
  rows: [
    ['Onset', isoMinute(times.onset), ''],
    ...TIMED_STEPS.map(([step, name]) => {
      const [at, ms] = [times[step], durations[step]]
      const after = ms === null ? '' : `${spanInWords(ms)} after ${step === 'detected' ? 'the onset' : 'detection'}`
      return [name, at === null ? 'not on record' : isoMinute(at), after]
    }),
  ],
})

const chart = ({ series, events, times }: IssueReport): ReportBlock[] => {
  if (series === null) return []
  const marks = [
    ...events.map(({ at, title }) => ({ at, text: title })),
    ...TIMED_STEPS.flatMap(([step, name]) => {
      const at = step === 'detected' || step === 'announced' || step === 'fixed' ? times[step] : null
      return at === null ? [] : [{ at, text: name }]
    }),
  ]
  const shown = marks.filter(({ at }) => at >= series.fromMs && at <= series.toMs)
  return [{ type: 'chart', chart: { ...series, marks: shown.toSorted((one, other) => one.at - other.at) } }]
}

const outcomeWords = ({ standing, outcomes }: IssueReport): string[] => [
  ...(standing === null || standing.complaints === 0
    ? []
    : [`${standing.complaints - standing.unanswered} of ${standing.complaints} complaints were answered.`]),
  ...(Object.keys(outcomes).length === 0 ? [] : [`What became of complaints: ${counts(outcomes)}.`]),
]

const said = ({ statements }: IssueReport): ReportBlock[] => {
  const published = statements.filter(({ publications }) => publications.length > 0)
  if (published.length === 0) return [paragraph('Nothing that was published is on record.')]
  return published.flatMap(({ kind, language, text, writtenBy, approvedBy, publications }): ReportBlock[] => [
    paragraph(
      `${KINDS[kind]} (${language}), written by ${writtenBy}${approvedBy === null ? '' : `, approved by ${approvedBy}`}:`,
    ),
    { type: 'quote', text },
    {
      type: 'list',
      items: publications.map(({ at, channel, by, url }) => ({ text: `${isoMinute(at)}, ${channel}, by ${by}`, url })),
    },
  ])
}

const timelineTable = ({ timeline, events }: IssueReport): ReportBlock => {
  const lines = [...timeline, ...events.map(({ at, words, postedBy }) => ({ at, actor: postedBy, words }))].toSorted(
    (one, other) => one.at - other.at,
  )
  const left = lines.length - MOST_LINES
  return {
    type: 'table',
    head: ['When (UTC)', 'Who', 'What'],
    rows: [
      ...lines.slice(0, MOST_LINES).map(({ at, actor, words }) => [isoMinute(at), actor, words]),
      ...(left > 0 ? [['', '', `and ${left} more lines`]] : []),
    ],
  }
}

const counts = (by: Readonly<Record<string, number>>): string =>
  Object.entries(by)
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')

const heading = (text: string): ReportBlock => ({ type: 'heading', text })
const paragraph = (text: string): ReportBlock => ({ type: 'paragraph', text })
const list = (texts: readonly string[]): ReportBlock => ({ type: 'list', items: texts.map((text) => ({ text })) })

/** `2026-11-02 09:14`, UTC. */
