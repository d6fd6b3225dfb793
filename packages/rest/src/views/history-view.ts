import { Type, type Static } from 'typebox'
import type { PastIssue } from '../ports-of-history.ts'
import { IssueSummaryView, issueSummaryView } from './issue-view.ts'
import { Nullable, Time, timeOrNull } from './times.ts'

const Span = (description: string) => Nullable(Type.Integer({ minimum: 0, description }))

export const IssueEnd = Type.Union([Type.Literal('resolved'), Type.Literal('dismissed'), Type.Literal('merged')])

export const PastIssueView = Type.Object({
  issue: IssueSummaryView,
  closedAt: Nullable(Time()),
  closedBy: Nullable(Type.String({ description: 'Who closed it, or the part of Outcry that did.' })),
  steps: Type.Object(
    {
      detected: Span('From the onset to the detection.'),
      paged: Span('From the detection to the first page.'),
      acknowledged: Span('To the acknowledgement.'),
      briefed: Span('To the first brief of the front line.'),
      announced: Span('To the first word to the public.'),
      resolved: Span('To the resolution; null where it was dismissed or merged.'),
      thanked: Span('To the thank-you on the last channel on which people were told.'),
    },
    { description: 'Time to each step, ms; null where it was not taken.' },
  ),
})

export const pastIssueView = ({ issue, closedAt, ...past }: PastIssue): Static<typeof PastIssueView> => ({
  ...past,
  issue: issueSummaryView(issue),
  closedAt: timeOrNull(closedAt),
})
