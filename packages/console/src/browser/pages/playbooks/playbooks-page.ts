import { h, type FunctionComponent, type VNode } from 'preact'
import { el } from '../../kit/elements.ts'
import { useStore } from '../../kit/store.ts'
import { useReading } from '../../kit/use-reading.ts'
import { session } from '../../sign-in/session.ts'
import type { PlaybookRow } from '../../views/playbook.ts'
import type { PageProps } from '../page.ts'
import { Origin } from './origin.ts'
import { PlaybookDetail } from './playbook-detail.ts'
import { playbookLink } from './playbooks-api.ts'

const Card = ({ row }: { row: PlaybookRow }): VNode =>
  el(
    'li',
    {},
    el(
      'a',
      { class: 'card', href: playbookLink(row.issueType) },
      el('strong', {}, row.label),
      h(Origin, { row }),
      row.playbook?.owner !== undefined && el('p', {}, `${row.playbook.owner} decides`),
      row.faults.length > 0 && el('p', {}, '△ Refers to what is no longer there'),
    ),
  )

/** What was decided beforehand for each kind of issue; one of them, where the address names its type. */
export const PlaybooksPage: FunctionComponent<PageProps> = ({ route }) => {
  const { data, fault } = useReading<{ items: PlaybookRow[] }>('/playbooks')
  const { me } = useStore(session)
  const [, type] = route
  if (data === null) return el('p', { class: 'quiet' }, fault === null ? 'Reading…' : fault.message)
  const row = data.items.find(({ issueType }) => issueType === type)
  if (type !== undefined)
    return row === undefined
      ? el('p', { class: 'fault', role: 'alert' }, 'No issue type has this id.')
      : h(PlaybookDetail, { key: type, row, role: me?.role ?? 'viewer' })
  return el(
    'section',
    { class: 'playbooks-page', 'aria-labelledby': 'playbooks-title' },
    el('h2', { id: 'playbooks-title' }, 'Playbooks'),
    el('p', { class: 'quiet' }, 'What was decided beforehand for each kind of issue.'),
    el(
      'ul',
      { class: 'playbooks' },
      data.items.map((one) => h(Card, { key: one.issueType, row: one })),
    ),
  )
}
