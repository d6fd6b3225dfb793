import { h, type VNode } from 'preact'
import { useState } from 'preact/hooks'
import { Choice, WordsField, queryOf } from '../../kit/choice.ts'
import { el } from '../../kit/elements.ts'
import { useStore } from '../../kit/store.ts'
import { Unread } from '../../kit/unread.ts'
import { PageTurner, usePages } from '../../kit/use-pages.ts'
import { brandChoice } from '../../shell/brand-choice.ts'
import { useBrandNames } from '../../shell/use-brands.ts'
import type { Delivery, DeliveryState } from '../../views/delivery.ts'
import { DeliveryItem } from './delivery-item.ts'

const PAGE_ROWS = 50
const STATES: readonly (readonly [DeliveryState | '', string])[] = [
  ['', 'All'],
  ['dead', 'Given up'],
  ['pending', 'On their way'],
  ['delivered', 'Delivered'],
]

/** What was said to whom, whether it arrived, and what to do where it did not. */
export const DeliveriesPage = (): VNode => {
  const brand = useStore(brandChoice)
  const nameOf = useBrandNames()
  const [state, setState] = useState<DeliveryState | ''>('')
  const [target, setTarget] = useState('')
  const pages = usePages<Delivery>(`/deliveries?${queryOf({ limit: PAGE_ROWS, brand, state, target })}`)
  const seen = [...new Set(pages.items?.map((delivery) => delivery.target))].toSorted()
  const filtered = state !== '' || target !== '' || brand !== ''
  return el(
    'section',
    { class: 'deliveries-page', 'aria-labelledby': 'deliveries-title' },
    el('h2', { id: 'deliveries-title' }, 'Deliveries'),
    el(
      'p',
      { class: 'quiet' },
      'Messages to targets, newest first. One that fails is tried again for a day, then given up.',
    ),
    el(
      'div',
      { class: 'filters', role: 'search', 'aria-label': 'Deliveries' },
      h(Choice<DeliveryState | ''>, { name: 'State', value: state, options: STATES, onChange: setState }),
      h(WordsField, { name: 'Target', list: 'targets', onChange: setTarget }),
      el(
        'datalist',
        { id: 'targets' },
        seen.map((name) => el('option', { key: name, value: name })),
      ),
    ),
    pages.items === null && h(Unread, { fault: pages.fault }),
    pages.items?.length === 0 &&
      el(
        'p',
        { class: 'empty' },
        filtered
          ? 'Nothing was sent that fits.'
          : 'Nothing was sent yet. Targets are named under `targets` in outcry.yaml.',
      ),
    el(
      'ul',
      { class: 'records' },
      pages.items?.map((delivery) => h(DeliveryItem, { key: delivery.id, delivery, nameOf })),
    ),
    h(PageTurner, { pages, of: 'deliveries' }),
  )
}
