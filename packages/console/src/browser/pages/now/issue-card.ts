import { h, type VNode } from 'preact'
import { el } from '../../kit/elements.ts'
import { memo } from '../../kit/memo.ts'
import { issueLink } from '../../kit/router.ts'
import { Ago } from '../../kit/time.ts'
import { durationText, numberText, pageReasonText, peopleText } from '../../kit/wording.ts'
import type { IssueSummary } from '../../views/issue.ts'
import { Badges } from './badges.ts'
import { isHeld } from './urgency.ts'

/** One issue in the list. */
export const IssueCard = memo(({ issue, chosen }: { issue: IssueSummary; chosen: boolean }): VNode =>
  el(
    'li',
    {},
    el(
      'a',
      {
        class: `card ${issue.severity}`,
        href: issueLink(issue.id),
        'data-focus': issue.id,
        'aria-current': chosen ? 'true' : undefined,
      },
      h(Badges, { issue }),
      el('strong', {}, issue.label),
      el(
        'p',
        {},
        `${peopleText(issue.observed)} in ${durationText(issue.windowMs)}, ${numberText(issue.expected)} expected. Began `,
        h(Ago, { at: issue.since }),
        '.',
      ),
      isHeld(issue) && el('p', {}, `Held: ${pageReasonText(issue.pageReason)}.`),
    ),
  ),
)
