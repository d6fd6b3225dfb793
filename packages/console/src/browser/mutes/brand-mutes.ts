import { h, type VNode } from 'preact'
import { button, el } from '../kit/elements.ts'
import { useStore } from '../kit/store.ts'
import { useReading } from '../kit/use-reading.ts'
import { session } from '../sign-in/session.ts'
import type { Brand } from '../views/estate.ts'
import type { Mute } from '../views/mute.ts'
import { askMute } from './ask-mute.ts'
import { MuteList } from './mute-list.ts'

/** What keeps a brand quiet, and the way to mute it. */
export const BrandMutes = ({ brand: { id, name } }: { brand: Pick<Brand, 'id' | 'name'> }): VNode => {
  const { me } = useStore(session)
  const mutes = useReading<{ items: Mute[] }>('/mutes').data?.items ?? []
  const mayMute = me !== null && me.role !== 'viewer'
  return el(
    'div',
    { class: 'mute-panel' },
    h(MuteList, { mutes: mutes.filter(({ brand, issueId }) => brand === id && issueId === null), mayEnd: mayMute }),
    mayMute &&
      button('Mute…', () => askMute({ name, brand: id }), { 'data-focus': `mute ${id}`, 'aria-label': `Mute ${name}` }),
  )
}
