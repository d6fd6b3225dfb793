import type { Brand, Source } from './api.ts'
import { el } from './elements.ts'
import { SOURCE_MARK, agoText } from './wording.ts'

const ORDER = { blind: 0, lagging: 1, live: 2 }

const sourceItem = (source: Source): HTMLElement =>
  el(
    'li',
    {},
    el('span', { class: `tag ${source.state}` }, SOURCE_MARK[source.state]),
    ' ',
    el('b', {}, source.name),
    el('p', { class: 'quiet' }, source.reason),
    el(
      'p',
      { class: 'quiet' },
      source.lastEventAt === null ? 'Nothing heard yet.' : `Newest post ${agoText(source.lastEventAt)}.`,
    ),
  )

/** Sources, blind ones first, and what is left of each brand's page budget. */
export const estatePanel = (sources: readonly Source[], brands: readonly Brand[]): HTMLElement[] => [
  sources.length > 0
    ? el(
        'ul',
        { class: 'sources' },
        ...[...sources].sort((a, b) => ORDER[a.state] - ORDER[b.state] || a.name.localeCompare(b.name)).map(sourceItem),
      )
    : el('p', { class: 'quiet' }, 'No source is configured.'),
  el('h3', {}, 'Pages of the last 7 days'),
  brands.length > 0
    ? el(
        'ul',
        { class: 'quiet' },
        ...brands.map(({ name, pagesUsed, pagesPerWeek }) =>
          el('li', {}, `${name}: ${pagesUsed} of ${pagesPerWeek}; a crisis always pages.`),
        ),
      )
    : el('p', { class: 'quiet' }, 'No brand is watched.'),
]
