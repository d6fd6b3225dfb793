import type { Playbook } from '../../views/playbook.ts'
import { languageText, KIND_TEXT } from '../issue/statements/statement-wording.ts'
import { STATEMENT_KINDS, STATEMENT_LANGUAGES } from '../issue/statements/statements-api.ts'

const MINUTE_MS = 60_000

export type ClockName = keyof Playbook['clocks']
/** What each clock waits for, and how long where the playbook does not say. Minutes. */
export const CLOCKS: readonly (readonly [name: ClockName, text: string, usual: number])[] = [
  ['acknowledgeMs', 'Acknowledge within', 15],
  ['firstStatementMs', 'First public statement within', 30],
  ['updateMs', 'Next statement within', 60],
  ['answerMs', 'Answer a complaint within', 120],
  ['resolveMs', 'Resolve within', 1_440],
  ['remindBeforeMs', 'Remind before', 5],
]
export const minutesOf = (ms: number): string => String(ms / MINUTE_MS)
export const msOf = (minutes: string): number => Math.round(Number(minutes) * MINUTE_MS)

/** A step a line: "15: payments-lead, duty-manager". */
export const escalationText = ({ escalation = [] }: Playbook): string =>
  escalation.map(({ afterMs, targets }) => `${minutesOf(afterMs)}: ${targets.join(', ')}`).join('\n')

/** The steps of a text, or the line that is none. */
export const escalationOf = (text: string): { steps: NonNullable<Playbook['escalation']> } | { wrong: string } => {
  const steps: NonNullable<Playbook['escalation']> = []
  for (const line of linesOf(text)) {
    const [, minutes, names] = /^(\d+(?:\.\d+)?)\s*(?:min)?\s*:(.+)$/.exec(line) ?? []
    const targets = (names ?? '').split(',').flatMap((name) => name.trim() || [])
    if (minutes === undefined || targets.length === 0) return { wrong: line }
    steps.push({ afterMs: msOf(minutes), targets })
  }
  return { steps }
}

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Every field that says something, by its name for people, in the order of the form. */
export const fieldsOf = (playbook: Playbook | null): Map<string, string> => {
  const fields: [string, string | undefined][] = []
  if (playbook === null) return new Map()
  const { owner, channel, queue, harm, clocks, remedies, mustNotSay, terms, examples, meanwhile, templates } = playbook
  fields.push(['Owner', owner], ['Channel', channel], ['Queue', queue], ['At stake', harm])
  fields.push(['Remedies', remedies.join('\n')], ['Must not be said', mustNotSay.join('\n')])
  for (const [name, text] of CLOCKS) {
    const ms = clocks[name]
    fields.push([text, ms === undefined ? undefined : ms === null ? 'off' : `${minutesOf(ms)} min`])
  }
  fields.push(['Escalation', escalationText(playbook)])
  fields.push(['Words', terms.join('\n')], ['Examples', examples.join('\n')])
  for (const language of STATEMENT_LANGUAGES) {
    fields.push([`Meanwhile, ${languageText(language)}`, meanwhile[language]])
    for (const kind of STATEMENT_KINDS)
      fields.push([`${KIND_TEXT[kind]}, ${languageText(language)}`, templates[kind]?.[language]])
  }
  return new Map(fields.filter((field): field is [string, string] => field[1] !== undefined && field[1] !== ''))
}

export type FieldChange = { name: string; before: string | null; after: string | null }

/** What another version says otherwise, field by field. */
export const changesOf = (before: Playbook | null, after: Playbook | null): FieldChange[] => {
  const [one, other] = [fieldsOf(before), fieldsOf(after)]
  return [...new Set([...one.keys(), ...other.keys()])]
    .map((name) => ({ name, before: one.get(name) ?? null, after: other.get(name) ?? null }))
    .filter((change) => change.before !== change.after)
}
