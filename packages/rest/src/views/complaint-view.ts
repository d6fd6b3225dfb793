import { type Static, Type } from 'typebox'
import { Authenticity, ComplaintOutcome, Engagement, HandOffChannel, isoTime } from '@outcry/contracts'
import type { ComplaintRow, ComplaintSummary } from '../ports-of-complaints.ts'
import { MentionView, mentionView } from './issue-parts-view.ts'
import { Nullable, Time, timeOrNull } from './times.ts'

const done = { by: Type.String(), at: Time() }
const Counts = (description: string) => Type.Record(Type.String(), Type.Integer(), { description })

export const ComplaintView = Type.Object({
  ...MentionView.properties,
  platform: Type.String({ description: 'By the connector that read it.' }),
  reach: Type.Integer({ description: 'Its author and the followers.' }),
  engagement: Engagement,
  exchange: Type.Object({
    byPerson: Type.Integer({ description: 'Messages of the complainant in the public conversation.' }),
    byBrand: Type.Integer({ description: 'Replies of the brand in it.' }),
    advice: Nullable(Type.String({ description: 'To lead it on in private, after two or three messages.' })),
  }),
  answered: Nullable(
    Type.Object({
      how: Type.Union([
        Type.Literal('reply'),
        Type.Literal('marked'),
        Type.Literal('hand-off'),
        Type.Literal('outcome'),
      ]),
      by: Nullable(Type.String({ description: 'Null for a reply that was seen.' })),
      at: Time(),
    }),
  ),
  markedUnanswered: Type.Boolean({ description: 'A person says that it is not answered, whatever was seen.' }),
  assignee: Nullable(Type.String()),
  handOff: Nullable(Type.Object({ channel: HandOffChannel, ...done })),
  outcome: Nullable(Type.Object({ is: ComplaintOutcome, ...done })),
  authenticity: Type.Object({
    is: Authenticity,
    reasons: Type.Array(Type.String()),
    judged: Nullable(Type.Object(done, { description: 'The person who says so; null for an estimate.' })),
  }),
  version: Type.Integer({ description: 'Counts what people changed; sent with what changes it.' }),
})
export type ComplaintView = Static<typeof ComplaintView>

export const complaintView = (row: ComplaintRow): ComplaintView => {
  const { answer, markedUnanswered, assignee, handOff, outcome, authenticity, estimate } = row
  return {
    ...mentionView(mentionOf(row)),
    platform: row.platform,
    reach: row.reach,
    engagement: row.engagement,
    exchange: row.exchange,
    answered: answer && { ...answer, at: isoTime(answer.at) },
    markedUnanswered,
    assignee,
    handOff: handOff && { ...handOff, at: isoTime(handOff.at) },
    outcome: outcome && { ...outcome, at: isoTime(outcome.at) },
    authenticity:
      authenticity === null
        ? { is: estimate.is, reasons: [...estimate.reasons], judged: null }
        : {
            is: authenticity.is,
            reasons: [authenticity.reason],
            judged: { by: authenticity.by, at: isoTime(authenticity.at) },
          },
    version: row.version,
  }
}

const mentionOf = ({ id, source, at, text, title, lang, url, complaint, followers, rating }: ComplaintRow) => ({
  id,
  source,
  at,
  text,
  title,
  lang,
  url,
  complaint,
  followers,
  rating,
})

export const ComplaintSummaryView = Type.Object({
  complaints: Type.Integer(),
  unanswered: Type.Integer(),
  oldestUnansweredAt: Nullable(Time()),
  reachUnanswered: Type.Integer({ description: 'People who may have seen the unanswered ones.' }),
  handedOff: Type.Integer(),
  outcomes: Counts('By outcome.'),
  assignees: Counts('By who has them in hand.'),
  authenticity: Counts('As people judged them.'),
})

export const complaintSummaryView = (summary: ComplaintSummary): Static<typeof ComplaintSummaryView> => ({
  ...summary,
  oldestUnansweredAt: timeOrNull(summary.oldestUnansweredAt),
})
