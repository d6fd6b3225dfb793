import { h, type VNode } from 'preact'
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

type ChoiceProps = {
  name: string
  texts: Readonly<Record<string, string>>
  value: string
  onChoose: (value: string) => void
}
const Choice = ({ name, texts, value, onChoose }: ChoiceProps): VNode =>
  el(
    'label',
    {},
    name,
    el(
      'select',
      { value, 'data-focus': name, onChange: ({ currentTarget }) => onChoose(currentTarget.value) },
      Object.entries(texts).map(([key, text]) => el('option', { key, value: key }, text)),
    ),
  )

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
        texts,
        value: query[field],
        onChoose: (value) => onChange({ ...query, [field]: value }),
      }),
    ),
  )
}
