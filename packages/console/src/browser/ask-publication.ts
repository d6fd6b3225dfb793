import { el } from './elements.ts'
import { focusOn, formDialog } from './form-dialog.ts'
import { nameOf } from './statement-wording.ts'
import { publishStatement, type Said, type Statement } from './statements-api.ts'
import { tried } from './tried.ts'

/** Asks where people published a statement; for the closing message the next channel that is owed it is offered. */
export const askPublication = (statement: Statement, said: Said, onPublished: () => Promise<void>): void => {
  const used = said.items.flatMap(({ publications }) => publications.map(({ channel }) => channel))
  const channel = el('input', {
    type: 'text',
    list: 'channels',
    required: true,
    maxlength: '100',
    pattern: String.raw`.*\S.*`,
    title: 'A name',
    value: statement.kind === 'closing' ? (said.owed[0] ?? '') : '',
  })
  const link = el('input', { type: 'url', maxlength: '2048', pattern: 'https?://.*', title: 'https://…' })
  formDialog({
    title: `Published: ${nameOf(statement)}`,
    fields: [
      el('p', {}, 'Say where you posted it. Outcry itself never posts.'),
      el('label', {}, 'Channel', channel),
      el('datalist', { id: 'channels' }, ...[...new Set(used)].map((value) => el('option', { value }))),
      el('label', {}, 'Link to the post, if any', link),
    ],
    submits: ['Record it'],
    leave: 'Cancel',
    onSubmit: async () =>
      tried(async () => {
        await publishStatement(statement, channel.value.trim(), link.value.trim())
        await onPublished()
      }),
    onDone: () => focusOn(`${statement.id} Published elsewhere too…`),
  })
}
