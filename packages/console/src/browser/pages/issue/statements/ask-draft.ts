import { h } from 'preact'
import { el } from '../../../kit/elements.ts'
import { fieldText, formDialog, tried } from '../../../kit/form-dialog.ts'
import type { Said, Statement, StatementKind, StatementLanguage } from '../../../views/statement.ts'
import { FactFields, factsOf } from './statement-facts.ts'
import { KIND_TEXT, languageText } from './statement-wording.ts'
import { draftStatement, STATEMENT_KINDS, STATEMENT_LANGUAGES } from './statements-api.ts'

/** What is likely to be said next. */
const nextKind = ({ items, owed }: Said, over: boolean): StatementKind => {
  if (over && owed.length > 0) return 'closing'
  return items.some(({ kind, state }) => kind === 'holding' && state === 'published') ? 'update' : 'holding'
}

/** Asks for kind, language and facts of a new statement; what was said last is offered, save its times. */
export const askDraft = (
  { issueId, said, over, remedies }: { issueId: string; said: Said; over: boolean; remedies: readonly string[] },
  onDraft: (statement: Statement) => void,
): void => {
  const last = said.items.findLast(({ state }) => state !== 'withdrawn')
  const { eta: _eta, nextUpdate: _nextUpdate, ...known } = last?.facts ?? {}
  const choice = <T extends string>(name: string, values: readonly T[], chosen: T, text: (value: T) => string) =>
    el(
      'select',
      { name },
      values.map((value) => el('option', { key: value, value, selected: value === chosen }, text(value))),
    )
  let drafted: Statement | null = null
  formDialog({
    title: 'Draft a statement',
    fields: [
      el(
        'label',
        {},
        'Kind',
        choice('kind', STATEMENT_KINDS, nextKind(said, over), (value) => KIND_TEXT[value]),
      ),
      el('label', {}, 'Language', choice('language', STATEMENT_LANGUAGES, last?.language ?? 'en', languageText)),
      h(FactFields, { facts: known, remedies }),
      el('p', { class: 'quiet' }, 'What is empty is left out. Outcry drafts; people approve and post.'),
    ],
    submits: ['Draft'],
    leave: 'Cancel',
    onSubmit: async (data) =>
      tried(async () => {
        drafted = await draftStatement(issueId, {
          kind: fieldText(data, 'kind') as StatementKind,
          language: fieldText(data, 'language') as StatementLanguage,
          facts: factsOf(data, {}),
        })
      }),
    onDone: () => drafted && onDraft(drafted),
  })
}
