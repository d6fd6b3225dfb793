import type { Issue } from './api.ts'
import { askDraft } from './ask-draft.ts'
import { askPublication } from './ask-publication.ts'
import { copyText } from './copy-text.ts'
import { editStatement } from './edit-statement.ts'
import { el } from './elements.ts'
import { focusOn, formDialog } from './form-dialog.ts'
import { isActive } from './issue-list.ts'
import type { StatementActs } from './statement-list.ts'
import { nameOf } from './statement-wording.ts'
import { approveStatement, withdrawStatement, type Said, type Statement } from './statements-api.ts'
import { faultText, tried } from './tried.ts'

/** What a person can do with the statements of an issue. */
export const statementDesk = (desk: {
  issue: Issue
  said: Said
  refresh: () => Promise<void>
  /** Says to screen readers what was done. */
  tell: (text: string) => void
  /** Shows why something was not done. */
  refuse: (text: string) => void
}): StatementActs => {
  const { issue, said, refresh, tell, refuse } = desk
  const done = async (text: string): Promise<void> => {
    tell(text)
    await refresh()
  }
  const edit = (statement: Statement): void =>
    editStatement(issue.id, statement, async () => done(`Read anew: ${nameOf(statement)}`))
  const approve = async (statement: Statement): Promise<void> => {
    try {
      await approveStatement(statement)
      await done(`Approved: ${nameOf(statement)}`)
      focusOn(`${statement.id} Published…`)
    } catch (error) {
      await refresh()
      refuse(faultText(error))
    }
  }
  return {
    draft: () =>
      askDraft(issue.id, said, !isActive(issue), (statement) => {
        void done(`Drafted: ${nameOf(statement)}`)
        edit(statement)
      }),
    edit,
    approve: (statement) => void approve(statement),
    publish: (statement) => askPublication(statement, said, async () => done(`Recorded: ${nameOf(statement)}`)),
    withdraw: (statement) =>
      formDialog({
        title: 'Withdraw',
        fields: [el('p', {}, `Give it up: ${nameOf(statement)}. It stays in the record.`)],
        submits: ['Withdraw'],
        leave: 'Cancel',
        onSubmit: async () =>
          tried(async () => {
            await withdrawStatement(statement)
            await done(`Withdrawn: ${nameOf(statement)}`)
          }),
        onDone: () => focusOn('Draft a statement…'),
      }),
    copy: async (name, text) => {
      const copied = await copyText(name, text)
      if (copied) tell(`Copied: ${name.slice('Copy '.length)}`)
      return copied
    },
  }
}
