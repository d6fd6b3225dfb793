import { Fragment, h, type VNode } from 'preact'
import { post } from '../../kit/api.ts'
import { button, el } from '../../kit/elements.ts'
import { formDialog, tried } from '../../kit/form-dialog.ts'
import { tell } from '../../kit/news.ts'
import { refresh } from '../../kit/readings.ts'
import { issueLink } from '../../kit/router.ts'
import { useStore } from '../../kit/store.ts'
import { Ago, Time, TimeAndAgo } from '../../kit/time.ts'
import { isDrill } from '../../shell/use-brands.ts'
import { session } from '../../sign-in/session.ts'
import type { Delivery } from '../../views/delivery.ts'

const MARK = { delivered: '● Delivered', pending: '◐ On its way', dead: '✕ Given up' } as const
const LOOK = { delivered: 'live', pending: 'lagging', dead: 'blind' } as const

const askToSend = (delivery: Delivery): void =>
  formDialog({
    title: `Send again to ${delivery.target}?`,
    fields: el(
      'p',
      {},
      delivery.state === 'dead'
        ? 'It goes out now, under the same id. If the target is still away, it is tried again and given up after a day.'
        : 'It arrived before. It goes out once more under the same id: a target that knows ids takes it as the same, others show it twice.',
    ),
    submits: ['Send again'],
    leave: 'Cancel',
    onSubmit: async () =>
      tried(async () => {
        await post(`/deliveries/${encodeURIComponent(delivery.id)}/redeliver`, {})
        await refresh()
        tell(`On its way again: to ${delivery.target}`)
      }),
  })

const tries = (attempts: number): string =>
  attempts === 0 ? 'not tried yet' : attempts === 1 ? 'tried once' : `tried ${attempts} times`

const Course = ({ delivery }: { delivery: Delivery }): VNode => {
  const { state, attempts, dueAt, finishedAt } = delivery
  const answered = delivery.lastStatus === null ? '' : `, answered ${delivery.lastStatus}`
  return el(
    'p',
    { class: 'quiet' },
    'Decided ',
    h(TimeAndAgo, { at: delivery.createdAt }),
    `; ${tries(attempts)}${answered}`,
    state === 'pending' && attempts > 0 && h(Fragment, {}, '; next try ', h(Time, { at: dueAt })),
    finishedAt !== null && h(Fragment, {}, state === 'dead' ? '; given up ' : '; arrived ', h(Ago, { at: finishedAt })),
    '.',
  )
}

/** One message to one target and what became of it. */
export const DeliveryItem = ({
  delivery,
  nameOf,
}: {
  delivery: Delivery
  nameOf: (brand: string) => string
}): VNode => {
  const { me } = useStore(session)
  const { id, state, target, alertKind, issueId, issueLabel, brand, lastError } = delivery
  const about = issueLabel ?? (issueId === '' ? 'About a source, or what was held' : 'An issue that is no longer kept')
  return el(
    'li',
    {},
    el(
      'div',
      { class: 'tags' },
      el('span', { class: `tag ${LOOK[state]}` }, MARK[state]),
      el('span', { class: 'tag' }, `to ${target}`),
      alertKind !== null && el('span', { class: 'tag' }, alertKind),
      brand !== '' && el('span', { class: 'tag' }, nameOf(brand)),
      isDrill(brand) && el('span', { class: 'tag drill' }, 'Drill, not real'),
    ),
    el('h3', {}, issueLabel === null ? about : el('a', { href: issueLink(issueId), dir: 'auto' }, about)),
    lastError !== null && el('p', { class: state === 'dead' ? 'why' : 'quiet', dir: 'auto' }, lastError),
    h(Course, { delivery }),
    me?.role === 'admin' &&
      state !== 'pending' &&
      button('Send again…', () => askToSend(delivery), {
        'data-focus': `again ${id}`,
        'aria-label': `Send again to ${target}: ${about}`,
      }),
  )
}
