import { Fragment, h, type VNode } from 'preact'
import { CopyButton } from '../../kit/copy-button.ts'
import { button, el } from '../../kit/elements.ts'
import { issueLink } from '../../kit/router.ts'
import { Ago, Time } from '../../kit/time.ts'
import { peopleText, SEVERITY_MARK } from '../../kit/wording.ts'
import type { Drill, DrillIssue } from '../../views/drill.ts'
import { DrillSteps } from './drill-steps.ts'

const IssueOf = ({ drill, issue }: { drill: Drill; issue: DrillIssue }): VNode =>
  h(
    Fragment,
    {},
    el(
      'h4',
      {},
      drill.endedAt === null
        ? el('a', { href: issueLink(issue.issueId), 'data-focus': issue.issueId }, issue.label)
        : issue.label,
    ),
    el(
      'p',
      { class: 'quiet' },
      `${SEVERITY_MARK[issue.severity]}, ${peopleText(issue.people)}, ${issue.complaints.all} complaints, ` +
        `${issue.complaints.unanswered} unanswered`,
    ),
    h(DrillSteps, { drill, issue }),
  )

const verdictOf = ({ endedAt, expect, report: { passed, issues } }: Drill): string => {
  if (endedAt === null && issues.length === 0)
    return expect === 'page'
      ? 'Nothing has opened yet: the alert comes within two minutes.'
      : 'Nothing has opened, and nothing should.'
  const wanted = expect === 'page' ? 'page somebody' : 'page nobody'
  return passed ? `It was to ${wanted}, and did.` : `It was to ${wanted}, and did not.`
}

/** One drill: who began it and when, and the times of each step. */
export const DrillItem = ({ drill, end }: { drill: Drill; end: ((drill: Drill) => void) | null }): VNode => {
  const { id, brand, title, begunBy, begunAt, endedBy, endedAt, report } = drill
  return el(
    'li',
    { class: 'card' },
    el('h3', {}, title),
    el(
      'p',
      { class: 'quiet' },
      `${brand}, begun by ${begunBy} `,
      endedAt === null ? h(Ago, { at: begunAt }) : h(Time, { at: begunAt }),
      endedAt === null ? '' : ', ended ',
      endedAt === null ? '' : h(Time, { at: endedAt }),
      endedBy === null ? '' : ` by ${endedBy}`,
    ),
    el('p', {}, verdictOf(drill)),
    report.issues.map((issue) => h(IssueOf, { key: issue.issueId, drill, issue })),
    el(
      'div',
      { class: 'actions' },
      endedAt === null &&
        end &&
        button('End the drill…', () => end(drill), {
          'data-focus': `${id} end`,
          'aria-label': `End the drill: ${title}`,
        }),
      h(CopyButton, { name: 'Copy the report', of: `${title}, ${id}`, text: drill.markdown }),
    ),
  )
}
