import { h, type VNode } from 'preact'
import { el } from '../../kit/elements.ts'
import { memo } from '../../kit/memo.ts'
import { issueLink } from '../../kit/router.ts'
import type { IssueSummary } from '../../views/issue.ts'
import { Badges } from './badges.ts'
import { CARD_LINES } from './card-lines.ts'
import { Spark } from './trend.ts'

/** One issue in the list. */
export const IssueCard = memo(
  ({ issue, brandName, chosen }: { issue: IssueSummary; brandName: string; chosen: boolean }): VNode =>
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
        h(Badges, { issue, brandName }),
        el('strong', { dir: 'auto' }, issue.label),
        h(Spark, { recent: issue.recent }),
        CARD_LINES.map((lineOf, place) => {
          const line = lineOf(issue)
          return line !== null && line !== '' && el('p', { key: place }, line)
        }),
      ),
    ),
)
