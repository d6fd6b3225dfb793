import { el } from './elements.ts'
import { formDialog } from './form-dialog.ts'
import { factFields } from './statement-facts.ts'
import { KIND_TEXT, languageText } from './statement-wording.ts'
import {
  draftStatement,
  STATEMENT_KINDS,
  STATEMENT_LANGUAGES,
  type Said,
  type Statement,
  type StatementKind,
  type StatementLanguage,
} from './statements-api.ts'
import { tried } from './tried.ts'

/** What is likely to be said next. */
const nextKind = ({ items, owed }: Said, over: boolean): StatementKind => {
  if (over && owed.length > 0) return 'closing'
  return items.some(({ kind, state }) => kind === 'holding' && state === 'published') ? 'update' : 'holding'
}

/** Asks for kind, language and facts of a new statement; what was said last is offered, save its times. */
export const askDraft = (issueId: string, said: Said, over: boolean, onDraft: (statement: Statement) => void): void => {
  const last = said.items.findLast(({ state }) => state !== 'withdrawn')
  const { eta: _eta, nextUpdate: _nextUpdate, ...known } = last?.facts ?? {}
  const choice = (values: readonly string[], chosen: string, text: (value: string) => string) =>
    el('select', {}, ...values.map((value) => el('option', { value, selected: value === chosen }, text(value))))
  const kind = choice(STATEMENT_KINDS, nextKind(said, over), (value) => KIND_TEXT[value as StatementKind])
  const language = choice(STATEMENT_LANGUAGES, last?.language ?? 'en', languageText)
  const facts = factFields(known)
  let drafted: Statement | null = null
  formDialog({
    title: 'Draft a statement',
    fields: [
      el('label', {}, 'Kind', kind),
      el('label', {}, 'Language', language),
      facts.element,
      el('p', { class: 'quiet' }, 'What is empty is left out. Outcry drafts; people approve and post.'),
    ],
    submits: ['Draft'],
    leave: 'Cancel',
    onSubmit: async () =>
      tried(async () => {
        drafted = await draftStatement(issueId, {
          kind: kind.value as StatementKind,
          language: language.value as StatementLanguage,
          facts: facts.read(),
        })
      }),
    onDone: () => drafted && onDraft(drafted),
  })
}
