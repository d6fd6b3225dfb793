import { h, type ComponentChildren, type VNode } from 'preact'
import { issuePath } from '../../../kit/api.ts'
import { CopyButton } from '../../../kit/copy-button.ts'
import { button, el } from '../../../kit/elements.ts'
import { Time } from '../../../kit/time.ts'
import { useReading } from '../../../kit/use-reading.ts'
import { HARM_TEXT } from '../../../kit/wording.ts'
import type { Issue } from '../../../views/issue.ts'
import type { IssuePlaybook } from '../../../views/playbook.ts'
import { playbookLink } from '../../playbooks/playbooks-api.ts'
import type { Panel } from '../panel.ts'
import { askType } from './ask-type.ts'

const TypeOf = ({ type }: Pick<Issue, 'type'>): VNode =>
  el(
    'p',
    {},
    el('b', {}, type.label ?? type.id ?? 'None of the types'),
    type.by === 'person' ? `, says ${type.who ?? ''}, ` : `, proposed: ${type.reason}`,
    type.by === 'person' && h(Time, { at: type.at }),
    type.by === 'person' &&
      (type.teaches ? '; later issues in similar words learn from it' : '; nothing learns from it'),
  )

const list = (name: string, items: readonly string[], none: string): VNode =>
  el(
    'div',
    { key: name },
    el('dt', {}, name),
    items.length === 0
      ? el('dd', { class: 'quiet' }, none)
      : el(
          'dd',
          {},
          el(
            'ul',
            { class: 'reasons' },
            [...new Set(items)].map((item) => el('li', { key: item, dir: 'auto' }, item)),
          ),
        ),
  )
const line = (name: string, text: string | undefined, ...more: ComponentChildren[]): VNode | null =>
  text === undefined ? null : el('div', { key: name }, el('dt', {}, name), el('dd', { dir: 'auto' }, text, ' ', more))

/** What the issue is about and why, and what was decided beforehand for that: who, where, what may be offered and said. */
export const PlaybookPanel: Panel = ({ issue, me, refresh }) => {
  const { data } = useReading<IssuePlaybook>(`${issuePath(issue.id)}/playbook`)
  const mayChange = me.role !== 'viewer' && issue.state !== 'merged'
  const playbook = data?.playbook ?? null
  return el(
    'section',
    { class: 'playbook', 'aria-labelledby': 'playbook-title' },
    el('h2', { id: 'playbook-title' }, 'What it is about'),
    h(TypeOf, issue),
    mayChange &&
      el(
        'div',
        { class: 'actions' },
        button('Change the type…', () => askType(issue, refresh)),
      ),
    data !== null &&
      el(
        'dl',
        { class: 'told' },
        line('Decides', playbook?.owner),
        line('Answer first on', playbook?.channel),
        data.queue === null
          ? null
          : line('Send people to', data.queue, h(CopyButton, { name: 'Copy', of: 'queue', text: data.queue })),
        line('At stake', HARM_TEXT[data.harm]),
        list('May be offered', playbook?.remedies ?? [], 'Nothing'),
        list('Must not be said', playbook?.mustNotSay ?? [], 'Nothing is forbidden'),
      ),
    data !== null &&
      (data.issueType === null
        ? el('p', { class: 'quiet' }, 'There is no playbook for it.')
        : el(
            'p',
            {},
            el('a', { href: playbookLink(data.issueType) }, 'The playbook'),
            data.issueType === '*' && ' is that of every other issue',
          )),
  )
}
