import { h, type VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { ApiFault } from '../kit/api.ts'
import { button, el } from '../kit/elements.ts'
import { unread } from '../kit/readings.ts'
import { useStore } from '../kit/store.ts'
import { Time } from '../kit/time.ts'
import { isReadable, pause, updates, type Updates } from '../kit/updates.ts'
import { useReading } from '../kit/use-reading.ts'
import type { Page } from '../pages/page.ts'
import { NAMED_PAGES } from '../pages/pages.ts'
import { session } from '../sign-in/session.ts'
import type { Brand } from '../views/estate.ts'
import { brandChoice } from './brand-choice.ts'
import { askForHelp } from './help-dialog.ts'

const Navigation = ({ page }: { page: Page }): VNode | null => {
  const [open, setOpen] = useState(false)
  if (NAMED_PAGES.length < 2) return null
  return el(
    'nav',
    { class: open ? 'pages-nav open' : 'pages-nav', 'aria-label': 'Pages' },
    button('Menu', () => setOpen(!open), { class: 'menu', 'aria-expanded': open }),
    el(
      'ul',
      {},
      NAMED_PAGES.map(({ path, title, view }) =>
        el(
          'li',
          { key: path },
          el(
            'a',
            {
              href: `#/${path}`,
              'aria-current': view === page.view ? 'page' : undefined,
              onClick: () => setOpen(false),
            },
            title,
          ),
        ),
      ),
    ),
  )
}

const BrandPick = (): VNode => {
  const chosen = useStore(brandChoice)
  const { me } = useStore(session)
  const brands = useReading<{ items: Brand[] }>(me === null ? null : '/brands').data?.items ?? []
  return el(
    'label',
    { class: 'pick' },
    el('span', { class: 'hidden' }, 'Brand '),
    el(
      'select',
      { id: 'brand', value: chosen, onChange: ({ currentTarget }) => brandChoice.set(currentTarget.value) },
      [{ id: '', name: 'All brands' }, ...brands].map(({ id, name }) => el('option', { key: id, value: id }, name)),
    ),
  )
}

const stateText = ({ paused, waiting, connected }: Updates, fault: ApiFault | null): string => {
  if (paused) return `‖ Paused${waiting > 0 ? `, ${waiting} ${waiting === 1 ? 'update' : 'updates'} waiting` : ''}`
  if (!navigator.onLine) return '○ Offline'
  if (!connected || fault?.status === 0) return '○ Reconnecting'
  return isReadable(fault) ? '● Live' : '△ Not all could be read'
}
/** Screen readers are told of the state, not of each reading. */
const Live = (): VNode => {
  const now = useStore(updates)
  const fault = useStore(unread)
  return el(
    'p',
    { id: 'live', class: 'live' },
    el('span', { role: 'status' }, stateText(now, fault)),
    now.readAt !== null && !now.paused && [', read ', h(Time, { at: new Date(now.readAt).toISOString() })],
  )
}

/** Where to go, what it is about, whether it is live, and who looks; they sign out on the page Account. */
export const TopBar = ({ page }: { page: Page }): VNode => {
  const { paused } = useStore(updates)
  const { me } = useStore(session)
  return el(
    'header',
    { class: 'top' },
    el('h1', {}, el('a', { class: 'name', href: '#/' }, 'Outcry')),
    h(Navigation, { page }),
    h(BrandPick, {}),
    h(Live, {}),
    el(
      'button',
      { id: 'pause', type: 'button', 'aria-pressed': paused, onClick: () => pause(!paused) },
      paused ? 'Resume' : 'Pause',
      el('span', { class: 'hidden' }, ' updates'),
    ),
    el('button', { class: 'keys-help', type: 'button', onClick: askForHelp }, 'Keys'),
    el('span', { id: 'who', class: 'who', title: me?.role }, me?.name),
  )
}
