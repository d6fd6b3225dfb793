import { h, type VNode } from 'preact'
import { el } from '../../kit/elements.ts'
import { SOURCE_STATES, byTrouble } from '../../kit/source-order.ts'
import { useStore } from '../../kit/store.ts'
import { Unread } from '../../kit/unread.ts'
import { useReading } from '../../kit/use-reading.ts'
import { brandChoice } from '../../shell/brand-choice.ts'
import { useBrandNames } from '../../shell/use-brands.ts'
import type { Source } from '../../views/estate.ts'
import { SourceCard } from './source-card.ts'

/** "1 blind, 2 lagging, 4 live". */
const countsOf = (sources: readonly Source[]): string =>
  SOURCE_STATES.map((state) => ({ state, count: sources.filter((source) => source.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${state}`)
    .join(', ')

const Summary = ({ sources }: { sources: readonly Source[] }): VNode => {
  const unseen = sources.some(({ state }) => state === 'blind')
  return el(
    'p',
    { class: unseen ? 'notice' : 'lead' },
    `${countsOf(sources)}. `,
    unseen && 'What a blind source would show is not counted: silence is not calm.',
  )
}

/** Where posts come from, what cannot see first, with why and what to do. */
export const SourcesPage = (): VNode => {
  const brand = useStore(brandChoice)
  const nameOf = useBrandNames()
  const { data, fault } = useReading<{ items: Source[] }>('/sources')
  const sources = data?.items
    .filter(({ brands }) => brand === '' || brands === null || brands.includes(brand))
    .toSorted(byTrouble)
  return el(
    'section',
    { class: 'sources-page', 'aria-labelledby': 'sources-title' },
    el('h2', { id: 'sources-title' }, 'Sources'),
    sources === undefined
      ? h(Unread, { fault })
      : sources.length === 0
        ? el(
            'div',
            { class: 'empty' },
            el('h3', {}, brand === '' ? 'No source is configured' : `No source may speak of ${nameOf(brand)}`),
            el('p', {}, 'Name one under `sources` in outcry.yaml; docs/SOURCES.md has them all.'),
          )
        : h(Summary, { sources }),
    el(
      'ul',
      { class: 'sources' },
      sources?.map((source) => h(SourceCard, { key: source.name, source, nameOf })),
    ),
  )
}
