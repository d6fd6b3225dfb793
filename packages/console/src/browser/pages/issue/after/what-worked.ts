import { h, type VNode } from 'preact'
import { useState } from 'preact/hooks'
import { el } from '../../../kit/elements.ts'
import { TableHead } from '../../../kit/table-head.ts'
import { useReading } from '../../../kit/use-reading.ts'
import { durationText } from '../../../kit/wording.ts'
import type { WhatWorked as Row } from '../../../views/report.ts'
import { outcomeText } from './outcome-text.ts'

type Worked = { issues: number; items: Row[] }

const COLUMNS = ['Type', 'Offered', 'First word', 'Issues', 'Calm after', 'Came back', 'Complaints']

const cellsOf = (row: Row): string[] => [
  row.issueType ?? 'no type',
  row.remedy ?? 'nothing',
  row.answered,
  String(row.issues),
  row.medianCalmMs === null ? 'not known' : durationText(row.medianCalmMs),
  String(row.reopened),
  outcomeText(row.outcomes) || 'nothing said',
]

const WorkedTable = ({ items }: { items: readonly Row[] }): VNode =>
  el(
    'div',
    {
      class: 'wide-table',
      role: 'region',
      tabIndex: 0,
      'aria-label': 'Answers to past issues and what became of them',
    },
    el(
      'table',
      {},
      h(TableHead, { names: COLUMNS }),
      el(
        'tbody',
        {},
        items.map((row) =>
          el(
            'tr',
            { key: JSON.stringify([row.issueType, row.remedy, row.answered]) },
            cellsOf(row).map((cell, n) => el('td', { key: COLUMNS[n]! }, cell)),
          ),
        ),
      ),
    ),
  )

/** Of one brand or, where empty, of all; of one type or, where null, of all. */
type About = { brand: string; issueType: string | null }

const Told = ({ brand, issueType }: About): VNode => {
  const { data, fault } = useReading<Worked>(
    `/insights/what-worked${brand === '' ? '' : `?brand=${encodeURIComponent(brand)}`}`,
  )
  const rows = data?.items.filter((row) => issueType === null || row.issueType === issueType) ?? []
  const about = issueType === null ? '' : ` of the type ${issueType}`
  return el(
    'div',
    {},
    el(
      'p',
      { class: 'quiet' },
      data === null
        ? (fault?.message ?? 'Reading…')
        : rows.length === 0
          ? `No issue${about} was resolved in the last year.`
          : `Issues${about} that were resolved in the last year. Counts of what happened together, no proof that it helped.`,
    ),
    rows.length > 0 && h(WorkedTable, { items: rows }),
  )
}

/** What became of past issues of a type, or of all, by what was offered and how soon; read when somebody opens it. */
export const WhatWorked = (about: About): VNode => {
  const [isOpen, setOpen] = useState(false)
  return el(
    'details',
    { onToggle: (event) => setOpen(event.currentTarget.open) },
    el('summary', {}, 'What worked before'),
    isOpen && h(Told, about),
  )
}
