import { Fragment, h, type ComponentChildren, type VNode } from 'preact'
import { el } from '../../kit/elements.ts'
import { Ago, Time, TimeAndAgo } from '../../kit/time.ts'
import { SOURCE_MARK, durationText, numberText } from '../../kit/wording.ts'
import type { Source } from '../../views/estate.ts'

const UP_TO_DATE_MS = 60_000

const delivered = ({ sourceTime, lagMs }: Source): ComponentChildren => {
  if (sourceTime === null) return 'nothing yet'
  if (lagMs !== null && lagMs < UP_TO_DATE_MS) return 'now'
  return h(Fragment, {}, h(Time, { at: sourceTime }), lagMs !== null && `, ${durationText(lagMs)} behind`)
}

const gapsText = (gaps: number): string =>
  gaps === 0 ? 'none' : `${numberText(gaps)}: posts may be missing that nobody can read again`

/** A source as it is: state by shape and word, since when, why, what to do, and how far it has read. */
export const SourceCard = ({ source, nameOf }: { source: Source; nameOf: (brand: string) => string }): VNode => {
  const { name, connector, brands, state, reason, fix, stateSince, lastEventAt, gaps } = source
  const row = (term: string, ...said: ComponentChildren[]): VNode =>
    el('div', { key: term }, el('dt', {}, term), el('dd', {}, ...said))
  return el(
    'li',
    {},
    el('div', { class: 'tags' }, el('span', { class: `tag ${state}` }, SOURCE_MARK[state])),
    el('h3', {}, name),
    el('p', { class: 'quiet' }, connector),
    el('p', { dir: 'auto' }, reason),
    fix !== null && el('p', { class: 'why' }, el('b', {}, 'What to do: '), el('bdi', {}, fix)),
    el(
      'dl',
      { class: 'facts' },
      row('Since', stateSince === null ? 'it was configured' : h(TimeAndAgo, { at: stateSince })),
      row('Newest post', lastEventAt === null ? 'nothing heard yet' : h(Ago, { at: lastEventAt })),
      row('Read up to', delivered(source)),
      row('Gaps', gapsText(gaps)),
      row('Brands', brands === null ? 'all' : brands.map(nameOf).join(', ')),
    ),
  )
}
