import { h, type VNode } from 'preact'
import { el } from '../../../kit/elements.ts'
import { fieldText } from '../../../kit/form-dialog.ts'
import { localTime, timeOf } from '../../../kit/time-field.ts'
import { absoluteText } from '../../../kit/wording.ts'
import type { StatementFacts } from '../../../views/statement.ts'

const TEXTS = [
  ['what', 'What does not work', 300],
  ['affected', 'Who is affected', 300],
  ['cause', 'What went wrong, where it is known', 300],
  ['meanwhile', 'What to do meanwhile', 500],
] as const
const REMEDY = ['remedy', 'What is offered, of what the playbook allows'] as const
const TIMES = [
  ['eta', 'ETA: fixed by (your time)'],
  ['nextUpdate', 'Or next update at (your time)'],
] as const

/** What the playbook allows; and what stands there already, which its check will tell of. */
const RemedyChoice = ({ facts, remedies }: Fields): VNode => {
  const [name, label] = REMEDY
  const known = facts.remedy
  const offered = known === undefined || remedies.includes(known) ? remedies : [...remedies, known]
  return el(
    'label',
    {},
    label,
    el(
      'select',
      // Drawn anew when the playbook is read, and else never, so that a choice stays.
      { key: offered.join('\n'), name },
      el('option', { value: '' }, remedies.length === 0 ? 'Nothing may be offered' : 'Nothing'),
      offered.map((remedy) => el('option', { key: remedy, value: remedy, selected: remedy === known }, remedy)),
    ),
  )
}

type Fields = { facts: StatementFacts; remedies: readonly string[] }

/** Fields for the facts of a statement. */
export const FactFields = ({ facts, remedies }: Fields): VNode =>
  el(
    'fieldset',
    {},
    el('legend', {}, 'Facts'),
    TEXTS.map(([name, label, maxLength]) =>
      el(
        'label',
        { key: name },
        label,
        el('input', { type: 'text', name, maxLength, defaultValue: facts[name] ?? '' }),
      ),
    ),
    h(RemedyChoice, { facts, remedies }),
    TIMES.map(([name, label]) =>
      el(
        'label',
        { key: name },
        label,
        el('input', { type: 'datetime-local', name, defaultValue: localTime(facts[name]) }),
      ),
    ),
  )

/** The facts that stand in the fields; an empty one is no fact, an unchanged time is the one that was known. */
export const factsOf = (data: FormData, known: StatementFacts): StatementFacts => {
  const texts = [...TEXTS, REMEDY].map(([name]) => [name, fieldText(data, name)] as const)
  const times = TIMES.map(([name]) => [name, timeOf(fieldText(data, name), known[name])] as const)
  return Object.fromEntries([...texts, ...times].filter(([, value]) => value !== ''))
}

/** The facts that some say otherwise than others, by the names of their fields; as people read them, '' for none. */
export const factsChanged = (facts: StatementFacts, before: StatementFacts): { name: string; fact: string }[] => {
  const texts = [...TEXTS, REMEDY].map(([key, name]) => ({ key, name, fact: facts[key] ?? '' }))
  const times = TIMES.map(([key, name]) => ({ key, name, fact: timeRead(facts[key]) }))
  return [...texts, ...times].filter(({ key }) => (facts[key] ?? '') !== (before[key] ?? '').trim())
}

const timeRead = (time: string | undefined): string =>
  time === undefined || Number.isNaN(Date.parse(time)) ? (time ?? '') : absoluteText(time)
