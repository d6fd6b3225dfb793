import { h, type VNode } from 'preact'
import { useState } from 'preact/hooks'
import { post } from '../../kit/api.ts'
import { button, el } from '../../kit/elements.ts'
import { fieldText, formDialog, tried } from '../../kit/form-dialog.ts'
import { tell } from '../../kit/news.ts'
import { refresh } from '../../kit/readings.ts'
import type { Erasure } from '../../views/account.ts'
import type { Source } from '../../views/estate.ts'
import { ErasureProof } from './erasure-proof.ts'
import { useReading } from '../../kit/use-reading.ts'

type Ask = { mentionIds: string[] } | { author: { id: string; source: string } }

const askToErase = (fields: VNode[], askOf: (data: FormData) => Ask | null, onDone: (erasure: Erasure) => void): void =>
  formDialog({
    title: 'Erase for good?',
    fields: [
      el(
        'p',
        {},
        'Takes texts and authors out of posts, evidence, drafts of messages and what is counted, of every brand. Counts stay. ' +
          'Messages that have left cannot be called back; you are told which. It cannot be taken back.',
      ),
      ...fields,
    ],
    submits: ['Erase for good'],
    leave: 'Cancel',
    onSubmit: async (data) => {
      const asked = askOf(data)
      if (asked === null) return { fault: 'Fill in every field.' }
      return tried(async () => {
        onDone(await post<Erasure>('/erasures', asked))
        await refresh()
        tell('Erased')
      })
    },
  })

const idsOf = (data: FormData): Ask | null => {
  const mentionIds = fieldText(data, 'ids').split(/\s+/).filter(Boolean)
  return mentionIds.length === 0 ? null : { mentionIds }
}
const authorOf = (data: FormData): Ask | null => {
  const id = fieldText(data, 'author')
  const source = fieldText(data, 'source')
  return id === '' || source === '' ? null : { author: { id, source } }
}

/** Erasing posts, or everything by an author, with the proof that is answered. */
export const ErasureSection = (): VNode => {
  const [done, setDone] = useState<Erasure | null>(null)
  const sources = useReading<{ items: Source[] }>('/sources').data?.items ?? []
  const posts = (): void =>
    askToErase(
      [
        el(
          'label',
          {},
          'Ids of the posts, one a line',
          el('textarea', { name: 'ids', rows: 4, required: true, spellcheck: false }),
        ),
      ],
      idsOf,
      setDone,
    )
  const author = (): void =>
    askToErase(
      [
        el(
          'label',
          {},
          'Id of the author, as the platform gives it',
          el('input', { type: 'text', name: 'author', required: true, maxLength: 256, autocomplete: 'off' }),
        ),
        el(
          'label',
          {},
          'Source of that platform',
          el(
            'select',
            { name: 'source', required: true },
            sources.map(({ name }) => el('option', { key: name, value: name }, name)),
          ),
        ),
      ],
      authorOf,
      setDone,
    )
  return el(
    'section',
    { 'aria-labelledby': 'erasure-title' },
    el('h3', { id: 'erasure-title' }, 'Erase posts or an author'),
    el('p', { class: 'quiet' }, 'For who asks to be forgotten, and for posts that must not be kept. Counts stay.'),
    el('p', { class: 'actions' }, button('Erase posts…', posts), button('Erase an author…', author)),
    done !== null && h(ErasureProof, { erasure: done }),
  )
}
