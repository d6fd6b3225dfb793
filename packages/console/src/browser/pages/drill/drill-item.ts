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

const VERDICTS = {
  page: { passed: 'It was to page somebody, and did.', failed: 'It was to page somebody, and did not.' },
  quiet: { passed: 'It was to page nobody, and paged nobody.', failed: 'It was to page nobody, and paged somebody.' },
} as const

const verdictOf = ({ endedAt, expect, report: { passed } }: Drill): string => {
  if (passed !== null) return VERDICTS[expect][passed ? 'passed' : 'failed']
  if (endedAt !== null) return 'It ended before its alert was due.'
  return expect === 'page'
    ? 'Nobody is paged yet: the alert comes within two minutes.'
    : 'Nobody is paged, and nobody should be.'
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
