import { TIMED_STEPS } from '@outcry/contracts/desk-words'
import { h, type VNode } from 'preact'
import { el } from '../../../kit/elements.ts'
import { TableHead } from '../../../kit/table-head.ts'
import { Time } from '../../../kit/time.ts'
import { durationText } from '../../../kit/wording.ts'
import type { IssueReport } from '../../../views/report.ts'

/** When each step was done, and how long it took: the detection from the onset on, all others from the detection. */
export const TimesTable = ({ report: { times, durationsMs } }: { report: IssueReport }): VNode =>
  el(
    'table',
    {},
    el('caption', { class: 'hidden' }, 'How long each step took'),
    h(TableHead, { names: ['Step', 'Done', 'After'] }),
    el(
      'tbody',
      {},
      el('tr', {}, el('th', { scope: 'row' }, 'Began'), el('td', {}, h(Time, { at: times.onset })), el('td', {}, '')),
      TIMED_STEPS.map(([step, name]) => {
        const [at, ms] = [times[step], durationsMs[step]]
        return el(
          'tr',
          { key: step },
          el('th', { scope: 'row' }, name),
          el('td', {}, at === null ? 'not on record' : h(Time, { at })),
          el('td', {}, ms === null ? '' : durationText(ms)),
        )
      }),
    ),
  )
