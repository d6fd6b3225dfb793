import { emptyPlaybook } from '@outcry/contracts/empty-playbook'
import { Fragment, h, type VNode } from 'preact'
import { ApiFault, ask, faultText } from '../../kit/api.ts'
import { el } from '../../kit/elements.ts'
import { formDialog, type FormOutcome } from '../../kit/form-dialog.ts'
import { createStore, useStore, type Store } from '../../kit/store.ts'
import type { PlaybookRow } from '../../views/playbook.ts'
import { changesOf } from './playbook-fields.ts'
import { PlaybookForm, playbookIn } from './playbook-form.ts'
import { Changes } from './playbook-history.ts'
import { playbookPath, writePlaybook } from './playbooks-api.ts'

/** The version that was seen, and what somebody else wrote since the form was opened. */
type Seen = { row: PlaybookRow; theirs: PlaybookRow | null }

const Theirs = ({ opened, seen }: { opened: PlaybookRow; seen: Store<Seen> }): VNode | null => {
  const { theirs } = useStore(seen)
  if (theirs === null) return null
  return el(
    'div',
    { class: 'aside', role: 'status' },
    el('p', {}, `${theirs.by ?? 'Somebody'} wrote version ${theirs.version} meanwhile:`),
    h(Changes, { changes: changesOf(opened.playbook, theirs.playbook) }),
  )
}

/**
 * Edits a playbook. Where somebody wrote a version meanwhile, what they changed is shown, what was typed stays, and
 * saving once more writes it over theirs.
 */
export const editPlaybook = (opened: PlaybookRow, onWritten: () => Promise<void>): void => {
  const { issueType, label } = opened
  const seen = createStore<Seen>({ row: opened, theirs: null })
  const before = opened.playbook ?? emptyPlaybook(issueType)
  const afterConflict = async (error: unknown): Promise<FormOutcome> => {
    const theirs = await ask<PlaybookRow>(playbookPath(issueType))
    if (theirs.version === seen.get().row.version) return { fault: faultText(error) }
    seen.set({ row: theirs, theirs })
    return { fault: 'Somebody wrote it meanwhile. What they changed stands above; saving again writes yours over it.' }
  }
  formDialog({
    title: `Playbook: ${label}`,
    fields: h(
      Fragment,
      {},
      h(Theirs, { opened, seen }),
      h(PlaybookForm, { playbook: before }),
      el('p', { class: 'quiet' }, 'It counts from now on, for issues that burn too.'),
    ),
    submits: ['Save'],
    leave: 'Close',
    wide: true,
    unsaved: (data) => {
      const typed = playbookIn(data, issueType)
      return 'fault' in typed || changesOf(before, typed.playbook).length > 0
    },
    onSubmit: async (data) => {
      const typed = playbookIn(data, issueType)
      if ('fault' in typed) return typed
      try {
        await writePlaybook(issueType, seen.get().row.version, typed.playbook)
        await onWritten()
        return 'done'
      } catch (error) {
        if (!(error instanceof ApiFault) || error.status !== 409) return { fault: faultText(error) }
        return afterConflict(error).catch((later: unknown) => ({ fault: faultText(later) }))
      }
    },
  })
}
