import { ApiFault } from './api.ts'
import { el, show } from './elements.ts'
import { formDialog, type FormOutcome } from './form-dialog.ts'
import { factFields } from './statement-facts.ts'
import { findingList, nameOf } from './statement-wording.ts'
import { readStatements, saveStatement, type Statement } from './statements-api.ts'
import { faultText } from './tried.ts'

const SAVE = 'Save and check'
const REDRAFT = 'Draft anew from the facts'

/**
 * Edits facts and text of a statement, with what is wrong with it beside the text. Where somebody changed it meanwhile,
 * theirs is shown and what was typed is kept to copy from.
 */
export const editStatement = (issueId: string, opened: Statement, onSaved: () => Promise<void>): void => {
  let seen = opened
  let facts = factFields(seen.facts)
  const place = el('div', {}, facts.element)
  const text = el('textarea', { rows: '9', maxlength: '10000', dir: 'auto' })
  const status = el('div', { role: 'status', class: 'checked' })
  const own = el('div', {})
  const take = (statement: Statement, word: string): void => {
    seen = statement
    facts = factFields(statement.facts)
    show(place, facts.element)
    text.value = statement.text
    show(status, el('p', {}, word), findingList(statement.findings))
  }
  take(opened, `Version ${opened.version}`)
  const unsaved = () =>
    own.hasChildNodes() ||
    text.value !== seen.text ||
    JSON.stringify(facts.read()) !== JSON.stringify(factFields(seen.facts).read())

  const afterConflict = async (error: unknown, typed: string): Promise<FormOutcome> => {
    const current = (await readStatements(issueId)).items.find(({ id }) => id === seen.id)
    if (current === undefined || current.version === seen.version) return { fault: faultText(error) }
    take(current, `Version ${current.version}, by ${current.writtenBy}`)
    const kept = el('textarea', { rows: '5', readonly: true, dir: 'auto' })
    kept.value = typed
    show(own, el('label', {}, 'What you wrote, not saved', kept))
    await onSaved()
    return { fault: 'Somebody changed it meanwhile. Theirs is shown now; what you wrote stands below it.' }
  }
  const save = async (submit: string): Promise<FormOutcome> => {
    const typed = text.value
    try {
      const saved = await saveStatement(seen, { facts: facts.read(), text: submit === REDRAFT ? '' : typed })
      take(saved, `Saved as version ${saved.version}`)
      show(own)
      await onSaved()
      return 'stay'
    } catch (error) {
      if (!(error instanceof ApiFault) || error.status !== 409) return { fault: faultText(error) }
      return await afterConflict(error, typed).catch((later: unknown) => ({ fault: faultText(later) }))
    }
  }
  formDialog({
    title: nameOf(opened),
    fields: [
      el(
        'div',
        { class: 'editor' },
        place,
        el('div', {}, el('label', {}, 'Text, as it will be said', text), status, own),
      ),
      el('p', { class: 'quiet' }, 'The text stays as you write it until you draft it anew from the facts.'),
    ],
    submits: [SAVE, REDRAFT],
    leave: 'Close',
    unsaved,
    wide: true,
    onSubmit: save,
  })
  text.focus()
}
