import { h, type VNode } from 'preact'
import { Choice } from '../../../kit/choice.ts'
import { el } from '../../../kit/elements.ts'
import type { Query } from './complaints-api.ts'
import { AUTHENTICITY_TEXT, OUTCOME_TEXT } from './complaint-wording.ts'

const SHOW = {
  waiting: 'Waiting for an answer',
  all: 'All',
  answered: 'Answered',
  mine: 'With me',
  unassigned: 'With nobody',
} as const
const SORT = { urgent: 'Most urgent first', reach: 'Most seen first', age: 'Oldest first' } as const

/** Which complaints are listed, and in which order. */
export const ComplaintFilters = ({ query, onChange }: { query: Query; onChange: (query: Query) => void }): VNode => {
  const choices: readonly [keyof Query, string, Readonly<Record<string, string>>][] = [
    ['show', 'Show', SHOW],
    ['sort', 'Order', SORT],
    ['outcome', 'Outcome', { '': 'Any', none: 'None yet', ...OUTCOME_TEXT }],
    ['authenticity', 'As people judged', { '': 'Any', none: 'Not judged', ...AUTHENTICITY_TEXT }],
  ]
  return el(
    'div',
    { class: 'complaints-filters', role: 'group', 'aria-label': 'Which complaints' },
    choices.map(([field, name, texts]) =>
      h(Choice, {
        key: field,
        name,
        value: query[field],
        options: Object.entries(texts),
        onChange: (value) => onChange({ ...query, [field]: value }),
      }),
    ),
  )
}
