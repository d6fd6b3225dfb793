import { el, focusOn } from '../../../kit/elements.ts'
import { fieldText, formDialog, tried } from '../../../kit/form-dialog.ts'
import { timeOf } from '../../../kit/time-field.ts'
import type { Said, Statement } from '../../../views/statement.ts'
import { nameOf } from './statement-wording.ts'
import { publishStatement } from './statements-api.ts'

/** Asks where people published a statement; for the closing message the next channel that is owed it is offered. */
export const askPublication = (statement: Statement, said: Said, onPublished: () => Promise<void>): void => {
  const used = said.items.flatMap(({ publications }) => publications.map(({ channel }) => channel))
  const channel = el('input', {
    type: 'text',
    name: 'channel',
    list: 'channels',
    required: true,
    maxLength: 100,
    pattern: String.raw`.*\S.*`,
    title: 'A name',
    defaultValue: statement.kind === 'closing' ? (said.owed[0] ?? '') : '',
  })
  const link = el('input', { type: 'url', name: 'link', maxLength: 2_048, pattern: 'https?://.*', title: 'https://…' })
  formDialog({
    title: `Published: ${nameOf(statement)}`,
    fields: [
      el('p', {}, 'Say where you posted it. Outcry itself never posts.'),
      el('label', {}, 'Channel', channel),
      el(
        'datalist',
        { id: 'channels' },
        [...new Set(used)].map((value) => el('option', { key: value, value })),
      ),
      el('label', {}, 'Link to the post, if any', link),
      el('label', {}, 'When, if not now (your time)', el('input', { type: 'datetime-local', name: 'publishedAt' })),
    ],
    submits: ['Record it'],
    leave: 'Cancel',
    onSubmit: async (data) =>
      tried(async () => {
        const publishedAt = timeOf(fieldText(data, 'publishedAt'), undefined)
        await publishStatement(statement, {
          channel: fieldText(data, 'channel'),
          url: fieldText(data, 'link'),
          publishedAt,
        })
        await onPublished()
      }),
    onDone: () => focusOn(`${statement.id} Published elsewhere too…`),
  })
}
