import { Fragment, h, type VNode } from 'preact'
import { el } from '../../kit/elements.ts'
import { memo } from '../../kit/memo.ts'
import { byTrouble } from '../../kit/source-order.ts'
import { Ago, Time } from '../../kit/time.ts'
import { BrandMutes } from '../../mutes/brand-mutes.ts'
import { SOURCE_MARK, durationText, numberText } from '../../kit/wording.ts'
import type { Brand, Source } from '../../views/estate.ts'

const SourceItem = ({ source }: { source: Source }): VNode =>
  el(
    'li',
    {},
    el('span', { class: `tag ${source.state}` }, SOURCE_MARK[source.state]),
    ' ',
    el('b', {}, source.name),
    el('p', { class: 'quiet', dir: 'auto' }, source.reason),
    source.lastEventAt === null
      ? el('p', { class: 'quiet' }, 'Nothing heard yet.')
      : el('p', { class: 'quiet' }, 'Newest post ', h(Ago, { at: source.lastEventAt }), '.'),
  )

const comesBack = (freeAt: string | null, now = Date.now()): string =>
  freeAt === null ? '' : `, the next comes back in ${durationText(Date.parse(freeAt) - now)}`

const costs = ({ pagesPerWeek, paging: { price, freeAt } }: Brand): string => {
  if (pagesPerWeek === 0) return 'Only a crisis pages.'
  return price === null
    ? `No page is left${comesBack(freeAt)}. A crisis still pages.`
    : 'A major issue pages now, an incident only where it is sure enough. A crisis always pages.'
}

const achieved = ({ paging: { weeks, perWeek } }: Brand): string =>
  `${numberText(perWeek)} a week lately: ${weeks.map(({ pages }) => pages).join(', ')} in the last ${weeks.length} weeks, ` +
  'newest first, crises too.'

const judged = ({ paging: { closed, dismissed } }: Brand): string =>
  closed === 0
    ? 'Nobody has closed a paged issue lately, so nothing tells how right the pages were.'
    : `People closed ${closed} paged ${closed === 1 ? 'issue' : 'issues'} and dismissed ${dismissed}: ` +
      `${Math.round((1 - dismissed / closed) * 100)} % were right.`

/** A new brand is quiet for want of a past, which is no calm. */
const Learning = ({ learning }: { learning: NonNullable<Brand['learning']> }): VNode =>
  learning.until === null
    ? el('p', {}, 'New: it waits for its first mention.')
    : el('p', {}, 'New: it is quiet until it has learned what is usual, at ', h(Time, { at: learning.until }), '.')

const BrandPages = ({ brand }: { brand: Brand }): VNode => {
  const { name, pagesUsed, pagesPerWeek, paging } = brand
  const past = paging.weeks.some(({ pages }) => pages > 0)
  return el(
    'li',
    {},
    el('b', {}, `${name}: ${pagesUsed} of ${pagesPerWeek} used in 7 days`),
    brand.learning && h(Learning, { learning: brand.learning }),
    el('p', {}, costs(brand)),
    past && el('p', {}, achieved(brand)),
    past && el('p', {}, judged(brand)),
    paging.held > 0 && el('p', {}, `${paging.held} ${paging.held === 1 ? 'issue is' : 'issues are'} held.`),
    h(BrandMutes, { brand }),
  )
}

type Props = { sources: readonly Source[]; brands: readonly Brand[] }
/** Sources, blind ones first, and each brand's page budget with what became of it. */
export const EstatePanel = memo(({ sources, brands }: Props): VNode =>
  h(
    Fragment,
    {},
    sources.length > 0
      ? el(
          'ul',
          { class: 'sources' },
          sources.toSorted(byTrouble).map((source) => h(SourceItem, { key: source.name, source })),
        )
      : el('p', { class: 'quiet' }, 'No source is configured.'),
    el('h3', {}, 'Pages'),
    el('p', { class: 'quiet' }, 'While few pages are left, they are kept for the gravest and surest issues.'),
    brands.length > 0
      ? el(
          'ul',
          { class: 'quiet pages' },
          brands.map((brand) => h(BrandPages, { key: brand.id, brand })),
        )
      : el('p', { class: 'quiet' }, 'No brand is watched.'),
  ),
)
