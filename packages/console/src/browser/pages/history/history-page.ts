import { h, type VNode } from 'preact'
import { useState } from 'preact/hooks'
import { Choice, DayField, WordsField, queryOf } from '../../kit/choice.ts'
import { el } from '../../kit/elements.ts'
import { useStore } from '../../kit/store.ts'
import { Unread } from '../../kit/unread.ts'
import { PageTurner, usePages } from '../../kit/use-pages.ts'
import { SEVERITY_MARK } from '../../kit/wording.ts'
import { brandChoice } from '../../shell/brand-choice.ts'
import { useBrandNames } from '../../shell/use-brands.ts'
import type { PastIssue } from '../../views/history.ts'
import { WhatWorked } from '../issue/after/what-worked.ts'
import { PastIssueItem } from './past-issue-item.ts'

const PAGE_ROWS = 50
const SEVERITIES: readonly (readonly [string, string])[] = [['', 'All'], ...Object.entries(SEVERITY_MARK)]
const ENDS: readonly (readonly [string, string])[] = [
  ['', 'All'],
  ['resolved', 'Resolved'],
  ['dismissed', 'Dismissed'],
  ['merged', 'Merged'],
]

/** What is over, to be found again: how long it took, and what each step took. */
export const HistoryPage = (): VNode => {
  const brand = useStore(brandChoice)
  const nameOf = useBrandNames()
  const [filter, setFilter] = useState({ q: '', state: '', severity: '', type: '', since: '', until: '' })
  const set = (name: keyof typeof filter) => (value: string) => setFilter((before) => ({ ...before, [name]: value }))
  const pages = usePages<PastIssue>(`/history?${queryOf({ limit: PAGE_ROWS, brand, ...filter })}`)
  const types = [...new Set(pages.items?.flatMap(({ issue }) => issue.issueType ?? []))].toSorted()
  const filtered = brand !== '' || Object.values(filter).some(Boolean)
  return el(
    'section',
    { class: 'history-page', 'aria-labelledby': 'history-title' },
    el('h2', { id: 'history-title' }, 'History'),
    el(
      'div',
      { class: 'filters', role: 'search', 'aria-label': 'Past issues' },
      h(WordsField, { name: 'Words of the issue', onChange: set('q') }),
      h(Choice, { name: 'Ended', value: filter.state, options: ENDS, onChange: set('state') }),
      h(Choice, { name: 'Severity', value: filter.severity, options: SEVERITIES, onChange: set('severity') }),
      h(WordsField, { name: 'Type', list: 'past-types', onChange: set('type') }),
      el(
        'datalist',
        { id: 'past-types' },
        types.map((type) => el('option', { key: type, value: type })),
      ),
      h(DayField, { name: 'Opened from', onChange: set('since') }),
      h(DayField, { name: 'Opened before', onChange: set('until') }),
    ),
    pages.items === null && h(Unread, { fault: pages.fault }),
    pages.items?.length === 0 &&
      el(
        'p',
        { class: 'empty' },
        filtered ? 'No past issue fits.' : 'Nothing is over yet. What is open stands under Now.',
      ),
    el(
      'ul',
      { class: 'records' },
      pages.items?.map((past) => h(PastIssueItem, { key: past.issue.id, past, nameOf })),
    ),
    h(PageTurner, { pages, of: 'past issues' }),
    h(WhatWorked, { brand, issueType: null }),
  )
}
