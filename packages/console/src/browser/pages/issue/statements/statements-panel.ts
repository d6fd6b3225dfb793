import { h, type VNode } from 'preact'
import { useState } from 'preact/hooks'
import { issuePath } from '../../../kit/api.ts'
import { button, el } from '../../../kit/elements.ts'
import { useReading } from '../../../kit/use-reading.ts'
import type { IssuePlaybook } from '../../../views/playbook.ts'
import type { Said, Statement } from '../../../views/statement.ts'
import type { PanelProps } from '../panel.ts'
import { statementDesk } from './statement-desk.ts'
import { StatementItem } from './statement-item.ts'
import { statementsPath } from './statements-api.ts'

const NONE: readonly string[] = []
const NOTHING: Said = { items: [], owed: [] }

/**
 * What the company says of the issue, the newest first: the drafts and what was published where, and who still waits for the
 * thank-you.
 */
export const StatementsPanel = ({ issue, me, refresh }: PanelProps): VNode => {
  const { data } = useReading<Said>(statementsPath(issue.id))
  const [fault, setFault] = useState<string | null>(null)
  const { data: book } = useReading<IssuePlaybook>(`${issuePath(issue.id)}/playbook`)
  const said = data ?? NOTHING
  const remedies = book?.playbook?.remedies ?? NONE
  const desk =
    me.role === 'viewer' ? null : statementDesk({ issue, me: me.name, said, remedies, refresh, refuse: setFault })
  const withdrawn = said.items.filter(({ state }) => state === 'withdrawn')
  const list = (some: readonly Statement[]) =>
    el(
      'ul',
      { class: 'posts' },
      some.toReversed().map((statement) => h(StatementItem, { key: statement.id, statement, me: me.name, acts: desk })),
    )
  return el(
    'section',
    { class: 'said', 'aria-labelledby': 'said-title' },
    el('h2', { id: 'said-title' }, 'What we say'),
    said.owed.length > 0 &&
      el('p', { class: 'aside' }, el('b', {}, 'The thank-you is owed on: '), said.owed.join(', ')),
    fault !== null && el('p', { class: 'fault', role: 'alert' }, fault),
    data?.items.length === 0 && el('p', { class: 'quiet' }, 'Nothing yet.'),
    desk && issue.state !== 'merged' && el('div', { class: 'actions' }, button('Draft a statement…', desk.draft)),
    list(said.items.filter(({ state }) => state !== 'withdrawn')),
    withdrawn.length > 0 && el('details', {}, el('summary', {}, `Withdrawn (${withdrawn.length})`), list(withdrawn)),
  )
}
