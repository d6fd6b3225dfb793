import type { Role } from '@outcry/contracts'
import { h, type VNode } from 'preact'
import { button, el } from '../../kit/elements.ts'
import { formDialog, tried } from '../../kit/form-dialog.ts'
import { tell } from '../../kit/news.ts'
import { refresh } from '../../kit/readings.ts'
import type { PlaybookRow } from '../../views/playbook.ts'
import { editPlaybook } from './edit-playbook.ts'
import { LearnedPanel } from './learned-panel.ts'
import { fieldsOf } from './playbook-fields.ts'
import { PlaybookHistory } from './playbook-history.ts'
import { Origin } from './origin.ts'
import { resetPlaybook } from './playbooks-api.ts'

const readAnew = async (text: string): Promise<void> => {
  tell(text)
  await refresh((path) => path.includes('/playbook'))
}

const askReset = (row: PlaybookRow): void =>
  formDialog({
    title: 'Back to the configuration',
    fields: el('p', {}, 'What was written here no longer counts. It stays among the versions.'),
    submits: ['Back to the configuration'],
    leave: 'Cancel',
    onSubmit: async () =>
      tried(async () => {
        await resetPlaybook(row)
        await readAnew(`Back to the configuration: ${row.label}`)
      }),
  })

/** What the playbook of one type says, who wrote it, and what changed. */
export const PlaybookDetail = ({ row, role }: { row: PlaybookRow; role: Role }): VNode => {
  const mayWrite = role === 'admin'
  const { issueType, label, playbook, origin, faults } = row
  const fields = [...fieldsOf(playbook)]
  return el(
    'section',
    { class: 'playbooks-page', 'aria-labelledby': 'playbook-title' },
    el('a', { href: '#/playbooks' }, 'All playbooks'),
    el('h2', { id: 'playbook-title', class: 'title' }, label),
    h(Origin, { row }),
    faults.map(({ path, message, fix }) =>
      el('p', { key: path, class: 'fault', role: 'alert' }, `${path}: ${message}. ${fix}`),
    ),
    mayWrite &&
      el(
        'div',
        { class: 'actions' },
        button('Edit…', () => editPlaybook(row, async () => readAnew(`Written: ${label}`)), { class: 'main' }),
        origin === 'database' && button('Back to the configuration…', () => askReset(row)),
      ),
    fields.length === 0
      ? el('p', { class: 'quiet' }, 'It says nothing yet.')
      : el(
          'dl',
          { class: 'told' },
          fields.map(([name, text]) => el('div', { key: name }, el('dt', {}, name), el('dd', { dir: 'auto' }, text))),
        ),
    issueType !== '*' && h(LearnedPanel, { issueType, mayChange: role !== 'viewer' }),
    h(PlaybookHistory, { row }),
  )
}
