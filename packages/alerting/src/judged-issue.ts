import type { Evidence } from '@outcry/contracts'
import type { IssueView } from './state.ts'

/** The evidence as the detector sees it, whatever a person said. */
export const asSeen = ({ evidence, judged }: Pick<IssueView, 'evidence' | 'judged'>): Evidence =>
  judged ? { ...evidence, authenticity: judged.seen } : evidence

/** The issue with evidence of the detector, in which a person's word on how genuine it is counts before its own. */
export const judgedIssue = (
  issue: IssueView,
  judged: Omit<NonNullable<IssueView['judged']>, 'seen'> | null | undefined,
): IssueView =>
  judged
    ? {
        ...issue,
        judged: { ...judged, seen: issue.evidence.authenticity },
        evidence: { ...issue.evidence, authenticity: judged.is },
      }
    : { ...issue, judged: null }
