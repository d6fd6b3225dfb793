import { el } from './elements.ts'
import type { StatementFacts } from './statements-api.ts'

const TEXTS = [
  ['what', 'What does not work', 300],
  ['affected', 'Who is affected', 300],
  ['cause', 'What went wrong, where it is known', 300],
  ['meanwhile', 'What to do meanwhile', 500],
  ['remedy', 'What is offered, in the words of the playbook', 300],
] as const
const TIMES = [
  ['eta', 'ETA: fixed by (your time)'],
  ['nextUpdate', 'Or next update at (your time)'],
] as const

/** As the field of a form wants it: in the reader's zone, by the minute. */
const localTime = (iso: string | undefined): string => {
  if (iso === undefined) return ''
  const at = new Date(iso)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** Fields for the facts of a statement, and what stands in them; an empty one is no fact. */
export const factFields = (facts: StatementFacts): { element: HTMLElement; read: () => StatementFacts } => {
  const texts = TEXTS.map(([name, label, maxlength]) => {
    const field = el('input', { type: 'text', name, maxlength: String(maxlength), value: facts[name] ?? '' })
    return { name, label, field, read: () => field.value.trim() }
  })
  const times = TIMES.map(([name, label]) => {
    const known = facts[name]
    const field = el('input', { type: 'datetime-local', name, value: localTime(known) })
    const read = () => {
      if (field.value === '') return ''
      if (known !== undefined && field.value === localTime(known)) return known
      const at = new Date(field.value)
      // The API says what is wrong with a time that is none.
      return Number.isNaN(at.getTime()) ? field.value : at.toISOString()
    }
    return { name, label, field, read }
  })
  const all = [...texts, ...times]
  return {
    element: el(
      'fieldset',
      {},
      el('legend', {}, 'Facts'),
      ...all.map(({ label, field }) => el('label', {}, label, field)),
    ),
    read: () => Object.fromEntries(all.map(({ name, read }) => [name, read()]).filter(([, value]) => value !== '')),
  }
}
