import { h, type VNode } from 'preact'
import { ask } from '../../kit/api.ts'
import { button, el } from '../../kit/elements.ts'
import { formDialog, tried } from '../../kit/form-dialog.ts'
import { tell } from '../../kit/news.ts'
import { refresh } from '../../kit/readings.ts'
import { Time, TimeAndAgo } from '../../kit/time.ts'
import { Unread } from '../../kit/unread.ts'
import { useReading } from '../../kit/use-reading.ts'
import type { SignedIn } from '../../views/account.ts'

const FROM = { token: 'with a token', oidc: 'by the identity provider' } as const

const askToEnd = ({ id, name }: SignedIn): void =>
  formDialog({
    title: `Sign ${name} out?`,
    fields: el(
      'p',
      {},
      'That browser is signed out now; what it shows live ends within a minute. They may sign in again.',
    ),
    submits: ['Sign out'],
    leave: 'Cancel',
    onSubmit: async () =>
      tried(async () => {
        await ask(`/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' })
        await refresh()
        tell(`Signed out: ${name}`)
      }),
  })

/** Browsers that are signed in. */
export const SessionsSection = (): VNode => {
  const { data, fault } = useReading<{ items: SignedIn[] }>('/sessions')
  return el(
    'section',
    { 'aria-labelledby': 'sessions-title' },
    el('h3', { id: 'sessions-title' }, 'Who is signed in'),
    data === null && h(Unread, { fault }),
    data?.items.length === 0 && el('p', { class: 'quiet' }, 'No browser is signed in.'),
    el(
      'ul',
      { class: 'records' },
      data?.items.map((one) =>
        el(
          'li',
          { key: one.id },
          el('b', {}, one.name),
          ` ${one.role}, ${one.brands === null ? 'every brand' : one.brands.join(', ')}`,
          el(
            'p',
            { class: 'quiet' },
            `Signed in ${FROM[one.from]} `,
            h(TimeAndAgo, { at: one.madeAt }),
            ', until ',
            h(Time, { at: one.until }),
            '.',
          ),
          button('Sign out…', () => askToEnd(one), {
            'data-focus': `end ${one.id}`,
            'aria-label': `Sign out ${one.name}, signed in ${FROM[one.from]}`,
          }),
        ),
      ),
    ),
  )
}
