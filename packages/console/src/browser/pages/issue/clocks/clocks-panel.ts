import { CLOCK_WORDS } from '@outcry/contracts/desk-words'
import { h, type VNode } from 'preact'
import { CLOCK_MARK, clockState, leftText } from '../../../kit/clock-text.ts'
import { el } from '../../../kit/elements.ts'
import { useMinute } from '../../../kit/minute.ts'
import { Time } from '../../../kit/time.ts'
import type { Clock } from '../../../views/clock.ts'
import type { Panel } from '../panel.ts'

const TONE = { overdue: 'crisis', 'due-soon': 'major', running: '', met: 'calm' } as const

/** What is not done yet first, in the order in which it is due. */
const byDue = (a: Clock, b: Clock): number =>
  Number(a.state === 'met') - Number(b.state === 'met') || a.dueAt.localeCompare(b.dueAt)

const Row = ({ clock }: { clock: Clock }): VNode => {
  const state = clockState(clock)
  return el(
    'li',
    {},
    el('b', {}, CLOCK_WORDS[clock.name]),
    el('span', { class: `tag ${TONE[state]}` }, CLOCK_MARK[state]),
    el('span', {}, state === 'met' ? 'was due ' : 'due ', h(Time, { at: clock.dueAt }), `, ${leftText(clock)}`),
    el('span', { class: 'quiet' }, clock.reason),
  )
}

/** What people owe to the issue, by when, and what was done in time. */
export const ClocksPanel: Panel = ({ issue: { clocks } }) => {
  useMinute()
  return clocks.length === 0
    ? null
    : el(
        'section',
        {},
        el('h2', {}, 'Due'),
        el(
          'ol',
          { class: 'clocks-list' },
          clocks.toSorted(byDue).map((clock) => h(Row, { key: clock.name, clock })),
        ),
      )
}
