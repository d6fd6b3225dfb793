import { Fragment, h, type VNode } from 'preact'
import { reportLink } from '../../kit/api.ts'
import { el } from '../../kit/elements.ts'
import { issueLink } from '../../kit/router.ts'
import { Time } from '../../kit/time.ts'
import { SEVERITY_MARK, durationText, peopleText } from '../../kit/wording.ts'
import type { PastIssue, Step } from '../../views/history.ts'

const END: Record<string, string> = { resolved: '✓ Resolved', dismissed: '– Dismissed', merged: '→ Merged' }
const STEPS: readonly (readonly [Step, string])[] = [
  ['detected', 'Onset to detection'],
  ['acknowledged', 'Acknowledged after'],
  ['briefed', 'Front line briefed after'],
  ['announced', 'Announced after'],
  ['resolved', 'Resolved after'],
  ['thanked', 'Thanked after'],
]

const Span = ({ past: { issue, closedAt } }: { past: PastIssue }): VNode => {
  const lasted = closedAt === null ? null : Date.parse(closedAt) - Date.parse(issue.openedAt)
  return h(
    Fragment,
    {},
    'Opened ',
    h(Time, { at: issue.openedAt }),
    closedAt !== null && h(Fragment, {}, ', closed ', h(Time, { at: closedAt })),
    lasted !== null && ` (${durationText(lasted)})`,
  )
}

const FORMATS = [
  ['html', 'Report'],
  ['pdf', 'PDF'],
  ['markdown', 'Markdown'],
] as const
const Reports = ({ issue: { id, label } }: Pick<PastIssue, 'issue'>): VNode =>
  el(
    'p',
    { class: 'tags' },
    FORMATS.map(([format, name]) =>
      el(
        'a',
        {
          key: format,
          href: reportLink(id, format),
          target: '_blank',
          rel: 'noopener',
          'aria-label': `${name}: ${label}`,
        },
        name,
      ),
    ),
  )

/** One issue that is over. */
export const PastIssueItem = ({ past, nameOf }: { past: PastIssue; nameOf: (brand: string) => string }): VNode => {
  const { issue, closedBy, steps } = past
  const taken = STEPS.flatMap(([step, name]) => (steps[step] === null ? [] : [{ step, name, ms: steps[step] }]))
  return el(
    'li',
    {},
    el(
      'div',
      { class: 'tags' },
      el('span', { class: `tag ${issue.severity}` }, SEVERITY_MARK[issue.severity]),
      el('span', { class: 'tag' }, END[issue.state] ?? issue.state),
      el('span', { class: 'tag' }, nameOf(issue.brand)),
      issue.issueType !== null && el('span', { class: 'tag' }, issue.issueType),
      issue.drill && el('span', { class: 'tag drill' }, 'Drill, not real'),
    ),
    el('h3', {}, el('a', { href: issueLink(issue.id), dir: 'auto' }, issue.label)),
    el(
      'p',
      { class: 'quiet' },
      h(Span, { past }),
      closedBy !== null && ` by ${closedBy}`,
      `; ${peopleText(issue.authors)} in ${issue.mentions} posts.`,
    ),
    taken.length > 0 &&
      el(
        'dl',
        { class: 'steps' },
        taken.map(({ step, name, ms }) => el('div', { key: step }, el('dt', {}, name), el('dd', {}, durationText(ms)))),
      ),
    h(Reports, { issue }),
    (issue.mergedInto !== null || issue.recurrenceOf !== null) &&
      el(
        'p',
        { class: 'quiet' },
        issue.mergedInto !== null && el('a', { href: issueLink(issue.mergedInto) }, 'Goes on in another issue'),
        issue.recurrenceOf !== null && el('a', { href: issueLink(issue.recurrenceOf) }, 'Came back: the earlier issue'),
      ),
  )
}
