import { h, type VNode } from 'preact'
import { useState } from 'preact/hooks'
import { button, el } from '../kit/elements.ts'
import { useStore } from '../kit/store.ts'
import { pause, updates } from '../kit/updates.ts'
import { useReading } from '../kit/use-reading.ts'
import { timeText } from '../kit/wording.ts'
import type { Page } from '../pages/page.ts'
import { NAMED_PAGES } from '../pages/pages.ts'
import { session, signOut } from '../sign-in/session.ts'
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
    'Brand ',
    el(
      'select',
      { id: 'brand', value: chosen, onChange: ({ currentTarget }) => brandChoice.set(currentTarget.value) },
      [{ id: '', name: 'All' }, ...brands].map(({ id, name }) => el('option', { key: id, value: id }, name)),
    ),
  )
}

const useLiveText = (): string => {
  const { paused, waiting, connected, readAt } = useStore(updates)
  const read = readAt === null ? '' : `, read ${timeText(new Date(readAt).toISOString())}`
  if (paused) return `‖ Paused${waiting > 0 ? `, ${waiting} ${waiting === 1 ? 'update' : 'updates'} waiting` : ''}`
  if (connected) return `● Live${read}`
  return navigator.onLine ? `○ Reconnecting${read}` : `○ Offline${read}`
}

/** Where to go, what it is about, whether it is live, and who looks. */
export const TopBar = ({ page }: { page: Page }): VNode => {
  const { paused } = useStore(updates)
  const { me } = useStore(session)
  return el(
    'header',
    { class: 'top' },
    el('h1', {}, el('a', { class: 'name', href: '#/' }, 'Outcry')),
    h(Navigation, { page }),
    h(BrandPick, {}),
    el('p', { id: 'live', class: 'live', role: 'status' }, useLiveText()),
    el(
      'button',
      { id: 'pause', type: 'button', 'aria-pressed': paused, onClick: () => pause(!paused) },
      paused ? 'Resume updates' : 'Pause updates',
    ),
    el('button', { type: 'button', onClick: askForHelp }, 'Keys'),
    el('span', { id: 'who', class: 'who' }, me && `${me.name} (${me.role})`, me && button('Sign out', signOut)),
  )
}
