import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { ask } from '../../kit/api.ts'
import { button, el } from '../../kit/elements.ts'
import { fieldText, formDialog, tried } from '../../kit/form-dialog.ts'
import { tell } from '../../kit/news.ts'
import { refresh } from '../../kit/readings.ts'
import type { Forgotten } from '../../views/account.ts'
import type { Me } from '../../views/session.ts'
import { Rows } from './rows.ts'

type Done = { name: string; rows: Forgotten['rows'] }

const askToForget = (me: Me, onDone: (done: Done) => void): void =>
  formDialog({
    title: 'Forget a person?',
    fields: [
      el(
        'p',
        {},
        'Takes the name out of timelines, issues, alerts, mutes, statements and the audit log, there with credential and ' +
          'address, and signs them out. What they did stays, and words that they wrote. It cannot be taken back.',
      ),
      el(
        'label',
        {},
        'Name, as timelines and the audit log give it',
        el('input', { type: 'text', name: 'name', required: true, maxLength: 200, autocomplete: 'off' }),
      ),
    ],
    submits: ['Forget for good'],
    leave: 'Cancel',
    onSubmit: async (data) => {
      const name = fieldText(data, 'name')
      if (name === '') return { fault: 'Give a name.' }
      if (name === me.name) return { fault: 'Somebody else has to forget you.' }
      return tried(async () => {
        const { rows } = await ask<Forgotten>(`/people/${encodeURIComponent(name)}`, { method: 'DELETE' })
        onDone({ name, rows })
        await refresh()
        tell(`Forgotten: ${name}`)
      })
    },
  })

/** Forgetting somebody who used Outcry. */
export const PeopleSection = ({ me }: { me: Me }): VNode => {
  const [done, setDone] = useState<Done | null>(null)
  return el(
    'section',
    { 'aria-labelledby': 'people-title' },
    el('h3', { id: 'people-title' }, 'Forget a person who used Outcry'),
    el('p', { class: 'quiet' }, 'For who has left: their name goes, what they did stays.'),
    el(
      'p',
      {},
      button('Forget a person…', () => askToForget(me, setDone)),
    ),
    done !== null &&
      el(
        'div',
        { class: 'proof', role: 'status' },
        el('p', {}, `Forgotten: ${done.name}.`),
        Rows({ rows: done.rows, none: 'Nothing named them.' }),
      ),
  )
}
