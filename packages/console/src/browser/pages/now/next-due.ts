import { CLOCK_WORDS } from '@outcry/contracts/desk-words'
import { h, Fragment, type VNode } from 'preact'
import { leftText } from '../../kit/clock-text.ts'
import { el } from '../../kit/elements.ts'
import { useMinute } from '../../kit/minute.ts'
import { Time } from '../../kit/time.ts'
import type { IssueSummary } from '../../views/issue.ts'

/** What is owed to an issue next, or is overdue, and until when; nothing where nothing is. */
export const NextDue = ({ clocks }: Pick<IssueSummary, 'clocks'>): VNode | null => {
  useMinute()
  const [next, ...more] = clocks
    .filter(({ state }) => state !== 'met')
    .toSorted((a, b) => a.dueAt.localeCompare(b.dueAt))
  if (next === undefined) return null
  const now = Date.now()
  const isOver = Date.parse(next.dueAt) <= now
  const others = more.filter(({ dueAt }) => Date.parse(dueAt) <= now).length
  const what = h(
    Fragment,
    {},
    `${isOver ? '✕ Overdue' : 'Next'}: ${CLOCK_WORDS[next.name]}, `,
    h(Time, { at: next.dueAt }),
    ` (${leftText(next, now)})`,
    others > 0 && ` and ${others} more`,
  )
  return isOver ? el('b', { class: 'clocks-overdue' }, what) : what
}
