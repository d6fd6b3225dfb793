import { h, type VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { issuePath, post } from '../../../kit/api.ts'
import { el } from '../../../kit/elements.ts'
import { fieldText, formDialog, tried } from '../../../kit/form-dialog.ts'
import { tell } from '../../../kit/news.ts'
import { useReading } from '../../../kit/use-reading.ts'
import type { Issue } from '../../../views/issue.ts'
import type { IssueType } from '../../../views/playbook.ts'

const TypeChoice = ({ chosen }: { chosen: string | null }): VNode => {
  const { data: now } = useReading<{ items: IssueType[] }>('/issue-types')
  // What is chosen stays where the session ends meanwhile.
  const read = useRef(now)
  read.current = now ?? read.current
  const data = read.current
  return el(
    'label',
    {},
    'Type',
    data === null
      ? el('select', { key: 'reading', name: 'type', disabled: true }, el('option', {}, 'Reading…'))
      : el(
          'select',
          { key: 'read', name: 'type' },
          data.items.map(({ id, label }) => el('option', { key: id, value: id, selected: id === chosen }, label)),
          el('option', { value: '', selected: chosen === null }, 'None of these'),
        ),
  )
}

/** Asks what an issue is about; its playbook counts at once. */
export const askType = ({ id, type }: Issue, refresh: () => Promise<void>): void =>
  formDialog({
    title: 'What it is about',
    fields: [
      h(TypeChoice, { chosen: type.id }),
      el(
        'label',
        { class: 'tick' },
        el('input', { type: 'checkbox', name: 'teaches', defaultChecked: true }),
        'Propose the same for later issues in similar words',
      ),
      el('p', { class: 'quiet' }, 'Its playbook counts from now on. What is counted does not change.'),
    ],
    submits: ['Change'],
    leave: 'Cancel',
    onSubmit: async (data) => {
      if (!data.has('type')) return { fault: 'The types are not read yet.' }
      return tried(async () => {
        const chosen = fieldText(data, 'type')
        await post(`${issuePath(id)}/type`, { type: chosen === '' ? null : chosen, teaches: data.has('teaches') })
        tell('The type is changed')
        await refresh()
      })
    },
  })
