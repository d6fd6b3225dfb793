import { faultText } from '../../../kit/api.ts'
import { el, focusOn } from '../../../kit/elements.ts'
import { formDialog, tried } from '../../../kit/form-dialog.ts'
import { tell } from '../../../kit/news.ts'
import type { Issue } from '../../../views/issue.ts'
import type { Said, Statement } from '../../../views/statement.ts'
import { isActive } from '../../now/urgency.ts'
import { askDraft } from './ask-draft.ts'
import { askPublication } from './ask-publication.ts'
import { editStatement } from './edit-statement.ts'
import type { StatementActs } from './statement-item.ts'
import { nameOf } from './statement-wording.ts'
import { approveStatement, withdrawStatement } from './statements-api.ts'

/** What a person can do with the statements of an issue. */
export const statementDesk = (desk: {
  issue: Issue
  /** Who works at it. */
  me: string
  said: Said
  /** What the playbook allows to offer. */
  remedies: readonly string[]
  refresh: () => Promise<void>
  /** Shows why something was not done; null when there is nothing to show any more. */
  refuse: (text: string | null) => void
}): StatementActs & { draft: () => void } => {
  const { issue, me, said, remedies, refresh, refuse } = desk
  const issueId = issue.id
  const done = async (text: string): Promise<void> => {
    tell(text)
    refuse(null)
    await refresh()
  }
  const edit = (statement: Statement): void =>
    editStatement({ issueId, me, remedies }, statement, async () => done(`Read anew: ${nameOf(statement)}`))
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
      askDraft({ issueId, said, over: !isActive(issue), remedies }, (statement) => {
        void done(`Drafted: ${nameOf(statement)}`)
        edit(statement)
      }),
    edit,
    approve: (statement) => void approve(statement),
    publish: (statement) => askPublication(statement, said, async () => done(`Recorded: ${nameOf(statement)}`)),
    withdraw: (statement) =>
      formDialog({
        title: 'Withdraw',
        fields: el('p', {}, `Give it up: ${nameOf(statement)}. It stays in the record.`),
        submits: ['Withdraw'],
        leave: 'Cancel',
        onSubmit: async () =>
          tried(async () => {
            await withdrawStatement(statement)
            await done(`Withdrawn: ${nameOf(statement)}`)
          }),
        onDone: () => focusOn('Draft a statement…'),
      }),
  }
}
