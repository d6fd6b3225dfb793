import { Fragment, h, type VNode } from 'preact'
import { ApiFault, ask, faultText } from '../../../kit/api.ts'
import { el } from '../../../kit/elements.ts'
import { formDialog, typedText, type FormOutcome } from '../../../kit/form-dialog.ts'
import { createStore, useStore, type Store } from '../../../kit/store.ts'
import type { Said, Statement, StatementFacts } from '../../../views/statement.ts'
import { FactFields, factsChanged, factsOf } from './statement-facts.ts'
import { awaitsOther, FindingList, nameOf } from './statement-wording.ts'
import { saveStatement, statementsPath } from './statements-api.ts'

const SAVE = 'Save and check'
const REDRAFT = 'Draft anew from the facts'

/** The statement as it was last seen, a word on how, and what was typed over somebody else's change. */
type Seen = { statement: Statement; word: string; own: Own | null }
type Own = { text: string; facts: ReturnType<typeof factsChanged> }

const Unsaved = ({ own: { text, facts } }: { own: Own }): VNode =>
  h(
    Fragment,
    {},
    el(
      'label',
      {},
      'What you wrote, not saved',
      el('textarea', { rows: 5, readOnly: true, dir: 'auto', defaultValue: text }),
    ),
    facts.length > 0 &&
      el(
        'ul',
        { 'aria-label': 'Facts that you gave, not saved' },
        facts.map(({ name, fact }) =>
          el('li', { key: name }, el('b', {}, `${name}: `), el('bdi', {}, fact === '' ? 'nothing' : fact)),
        ),
      ),
  )

type Desk = { issueId: string; me: string; remedies: readonly string[] }

const Editor = ({ seen, me, remedies }: Omit<Desk, 'issueId'> & { seen: Store<Seen> }): VNode => {
  const { statement, word, own } = useStore(seen)
  const { version, facts, text, findings } = statement
  return el(
    'div',
    { class: 'editor' },
    h(FactFields, { key: `facts ${version}`, facts, remedies }),
    el(
      'div',
      {},
      el(
        'label',
        {},
        'Text, as it will be said',
        el('textarea', {
          key: version,
          name: 'text',
          rows: 9,
          maxLength: 10_000,
          dir: 'auto',
          'data-first': '',
          defaultValue: text,
        }),
      ),
      el(
        'div',
        { role: 'status', class: 'checked' },
        el('p', {}, word),
        h(FindingList, { findings, other: awaitsOther(statement, me) }),
      ),
      own !== null && h(Unsaved, { own }),
    ),
  )
}

const changedIn = (data: FormData, facts: StatementFacts) => factsChanged(factsOf(data, facts), facts)

/**
 * Edits facts and text of a statement, with what is wrong with it beside the text. Where somebody changed it meanwhile,
 * theirs is shown and what was typed is kept to copy from.
 */
export const editStatement = (
  { issueId, me, remedies }: Desk,
  opened: Statement,
  onSaved: () => Promise<void>,
): void => {
  const seen = createStore<Seen>({ statement: opened, word: `Version ${opened.version}`, own: null })
  const unsaved = (data: FormData): boolean => {
    const { statement, own } = seen.get()
    return own !== null || typedText(data, 'text') !== statement.text || changedIn(data, statement.facts).length > 0
  }
  const afterConflict = async (error: unknown, own: Own): Promise<FormOutcome> => {
    const { id, version } = seen.get().statement
    const current = (await ask<Said>(statementsPath(issueId))).items.find((each) => each.id === id)
    if (current === undefined || current.version === version) return { fault: faultText(error) }
    seen.set({ statement: current, word: `Version ${current.version}, by ${current.writtenBy}`, own })
    await onSaved()
    return { fault: 'Somebody changed it meanwhile. Theirs is shown now; what you wrote stands below it.' }
  }
  const save = async (data: FormData, submit: string): Promise<FormOutcome> => {
    const { statement } = seen.get()
    const typed = typedText(data, 'text')
    try {
      const facts = factsOf(data, statement.facts)
      const saved = await saveStatement(statement, { facts, text: submit === REDRAFT ? '' : typed })
      await onSaved()
      seen.set({ statement: saved, word: `Saved as version ${saved.version}`, own: null })
      return 'stay'
    } catch (error) {
      if (!(error instanceof ApiFault) || error.status !== 409) return { fault: faultText(error) }
      const own = { text: typed, facts: changedIn(data, statement.facts) }
      return await afterConflict(error, own).catch((later: unknown) => ({ fault: faultText(later) }))
    }
  }
  formDialog({
    title: nameOf(opened),
    fields: h(
      Fragment,
      {},
      h(Editor, { seen, me, remedies }),
      el('p', { class: 'quiet' }, 'The text stays as you write it until you draft it anew from the facts.'),
    ),
    submits: [SAVE, REDRAFT],
    leave: 'Close',
    unsaved,
    wide: true,
    onSubmit: save,
  })
}
