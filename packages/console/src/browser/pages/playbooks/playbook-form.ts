import type { VNode } from 'preact'
import { el } from '../../kit/elements.ts'
import { fieldText, typedText } from '../../kit/form-dialog.ts'
import { HARM_TEXT } from '../../kit/wording.ts'
import type { Harm, Playbook } from '../../views/playbook.ts'
import { KIND_TEXT, languageText } from '../issue/statements/statement-wording.ts'
import { STATEMENT_KINDS, STATEMENT_LANGUAGES } from '../issue/statements/statements-api.ts'
import { CLOCKS, escalationOf, escalationText, linesOf, minutesOf, msOf } from './playbook-fields.ts'

const LINES = [
  ['owner', 'Owner, who decides', 100],
  ['channel', 'Channel, where to engage first', 200],
  ['queue', 'Queue the front line sends people to; {issue} becomes the name of the issue', 200],
] as const
const LISTS = [
  ['remedies', 'Remedies that may be offered, one a line'],
  ['mustNotSay', 'Must not be said, one a line'],
  ['terms', 'Further words that recognise the type, one a line'],
  ['examples', 'Example complaints, one a line'],
] as const
const HARMS = Object.entries(HARM_TEXT) as [Harm, string][]

const area = (name: string, label: string, text: string, rows = 3): VNode =>
  el('label', { key: name }, label, el('textarea', { name, rows, dir: 'auto', defaultValue: text }))

const ByLanguage = ({ playbook, language }: { playbook: Playbook; language: (typeof STATEMENT_LANGUAGES)[number] }) => {
  const { meanwhile, templates } = playbook
  const texts = [meanwhile[language], ...STATEMENT_KINDS.map((kind) => templates[kind]?.[language])]
  const count = texts.filter((text) => text !== undefined).length
  return el(
    'details',
    {},
    el(
      'summary',
      {},
      `${languageText(language)}${count === 0 ? '' : `, ${count === 1 ? '1 text' : `${count} texts`}`}`,
    ),
    el(
      'fieldset',
      {},
      el('legend', {}, `Texts in ${languageText(language)}`),
      area(`meanwhile ${language}`, 'What people can do meanwhile', meanwhile[language] ?? ''),
      STATEMENT_KINDS.map((kind) =>
        area(`${kind} ${language}`, `Template: ${KIND_TEXT[kind]}`, templates[kind]?.[language] ?? '', 5),
      ),
    ),
  )
}

/** Every field of a playbook. Those that recognise a type are left out for every other type. */
export const PlaybookForm = ({ playbook }: { playbook: Playbook }): VNode =>
  el(
    'div',
    { class: 'editor' },
    el(
      'div',
      {},
      LINES.map(([name, label, maxLength]) =>
        el(
          'label',
          { key: name },
          label,
          el('input', { type: 'text', name, maxLength, dir: 'auto', defaultValue: playbook[name] ?? '' }),
        ),
      ),
      el(
        'label',
        {},
        'At stake',
        el(
          'select',
          { name: 'harm' },
          el('option', { value: '' }, 'As of the type'),
          HARMS.map(([harm, text]) => el('option', { key: harm, value: harm, selected: playbook.harm === harm }, text)),
        ),
      ),
      LISTS.filter(([name]) => playbook.issueType !== '*' || !['terms', 'examples'].includes(name)).map(
        ([name, label]) => area(name, label, playbook[name].join('\n')),
      ),
    ),
    el(
      'div',
      {},
      el(
        'fieldset',
        {},
        el('legend', {}, 'Clocks, in minutes; 0 switches one off'),
        CLOCKS.map(([name, text, usual]) => {
          const ms = playbook.clocks[name]
          return el(
            'label',
            { key: name },
            `${text} (${usual} where empty)`,
            el('input', {
              type: 'number',
              name,
              min: 0,
              max: 10_080,
              step: 'any',
              defaultValue: ms === undefined ? '' : ms === null ? '0' : minutesOf(ms),
            }),
          )
        }),
      ),
      area(
        'escalation',
        'Escalation, a step a line: minutes, then targets, as "15: lead, duty"',
        escalationText(playbook),
      ),
      el(
        'p',
        { class: 'quiet' },
        'In templates: {what} {since} {affected} {cause} {eta} {nextUpdate} {meanwhile} {remedy} {queue}',
      ),
      STATEMENT_LANGUAGES.map((language) => ByLanguage({ playbook, language })),
    ),
  )

const clocksOf = (data: FormData): Playbook['clocks'] =>
  Object.fromEntries(
    CLOCKS.flatMap(([name]) => {
      const typed = fieldText(data, name)
      return typed === '' ? [] : [[name, Number(typed) === 0 ? null : msOf(typed)]]
    }),
  )

const textsBy = (data: FormData, name: string): Record<string, string> =>
  Object.fromEntries(
    STATEMENT_LANGUAGES.map((language) => [language, fieldText(data, `${name} ${language}`)] as const).filter(
      ([, text]) => text !== '',
    ),
  )

/** The playbook that stands in the form, or what is wrong with it. */
export const playbookIn = (data: FormData, issueType: string): { playbook: Playbook } | { fault: string } => {
  const escalation = escalationOf(typedText(data, 'escalation'))
  if ('wrong' in escalation)
    return { fault: `"${escalation.wrong}" is no step. Write minutes, a colon and targets, as "15: lead, duty".` }
  const lines = LINES.map(([name]) => [name, fieldText(data, name)] as const).filter(([, text]) => text !== '')
  const lists = LISTS.map(([name]) => [name, linesOf(typedText(data, name))] as const)
  const harm = HARMS.find(([name]) => name === fieldText(data, 'harm'))?.[0]
  const templates = STATEMENT_KINDS.map((kind) => [kind, textsBy(data, kind)] as const)
  return {
    playbook: {
      issueType,
      ...(Object.fromEntries(lines) as Partial<Record<(typeof LINES)[number][0], string>>),
      ...(Object.fromEntries(lists) as Record<(typeof LISTS)[number][0], string[]>),
      ...(harm === undefined ? {} : { harm }),
      ...(escalation.steps.length === 0 ? {} : { escalation: escalation.steps }),
      clocks: clocksOf(data),
      meanwhile: textsBy(data, 'meanwhile'),
      templates: Object.fromEntries(templates.filter(([, texts]) => Object.keys(texts).length > 0)),
    },
  }
}
