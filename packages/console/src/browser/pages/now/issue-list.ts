import { Fragment, h, type VNode } from 'preact'
import { el } from '../../kit/elements.ts'
import { memo } from '../../kit/memo.ts'
import { useGrowing } from '../../kit/use-growing.ts'
import { brandNameOf } from '../../shell/use-brands.ts'
import type { Brand, Source } from '../../views/estate.ts'
import type { IssueSummary } from '../../views/issue.ts'
import { IssueCard } from './issue-card.ts'
import { byUrgency, isHeld } from './urgency.ts'

type Estate = { sources: readonly Source[]; brands: readonly Brand[] }

type CardsProps = { issues: readonly IssueSummary[]; chosen: string | null; brands: readonly Brand[] }
const Cards = ({ issues, chosen, brands }: CardsProps): VNode => {
  const drawn = useGrowing(issues.length)
  const some = issues.toSorted(byUrgency).slice(0, drawn)
  return el(
    'ul',
    { class: 'cards' },
    some.map((issue) =>
      h(IssueCard, { key: issue.id, issue, brandName: brandNameOf(brands, issue.brand), chosen: issue.id === chosen }),
    ),
  )
}

const HeldNotice = ({ count }: { count: number }): VNode =>
  el(
    'p',
    { class: 'aside' },
    el('a', { href: '#/held', 'data-focus': 'held' }, `${count} more held`),
    `, nobody was paged for ${count === 1 ? 'it' : 'them'}.`,
  )

const BlindNotice = ({ blind }: { blind: readonly Source[] }): VNode =>
  el(
    'p',
    { class: 'notice' },
    '✕ Not everything is seen: ',
    el('a', { href: '#/sources', 'data-focus': 'sources' }, blind.map(({ name }) => name).join(', ')),
    blind.length === 1 ? ' is blind.' : ' are blind.',
  )

/** An empty page must say whether it is empty because all is well. */
const Nothing = ({ sources, brands }: Estate): VNode => {
  const blind = sources.filter(({ state }) => state === 'blind')
  const lines = [
    brands.length === 0
      ? 'No brand is watched yet. Name your brands and sources in outcry.yaml and start again.'
      : `Outcry watches ${brands.length === 1 ? '1 brand' : `${brands.length} brands`} through ` +
        `${sources.length === 1 ? '1 source' : `${sources.length} sources`}. An issue appears here when ` +
        'significantly more people than expected complain about the same thing.',
    ...(brands.length > 0 && sources.length === 0 ? ['No source reports yet, so nothing can be seen.'] : []),
    ...(blind.length > 0
      ? [`Silence is not calm: ${blind.map(({ name }) => name).join(', ')} cannot be seen at the moment.`]
      : []),
  ]
  const title = blind.length > 0 || sources.length === 0 ? 'No issue is known' : 'Nothing is on fire'
  return el(
    'div',
    { class: 'empty' },
    el('h3', {}, title),
    lines.map((line) => el('p', { key: line }, line)),
  )
}

const Held = ({ issues, chosen, brands }: CardsProps): VNode =>
  h(
    Fragment,
    {},
    el('h3', { id: 'held' }, `Held, nobody was paged (${issues.length})`),
    el(
      'p',
      { class: 'quiet' },
      'This week’s pages are used, or kept for graver issues. Each is judged again when it gets worse.',
    ),
    el('div', { class: 'held' }, h(Cards, { issues, chosen, brands })),
  )

const MoreNotice = ({ count }: { count: number }): VNode =>
  el('p', { class: 'aside' }, `The ${count} newest are shown; choose a brand to see more of it.`)

type Props = Estate & {
  active: readonly IssueSummary[]
  over: readonly IssueSummary[]
  /** More burn than are shown. */
  more: boolean
  chosen: string | null
}
/** What is on fire, below it what was held, and last what is over. */
export const IssueList = memo(({ active, over, more, chosen, sources, brands }: Props): VNode => {
  const burning = active.filter((issue) => !isHeld(issue))
  const held = active.filter(isHeld)
  const blind = sources.filter(({ state }) => state === 'blind')
  return h(
    Fragment,
    {},
    blind.length > 0 && active.length > 0 && h(BlindNotice, { blind }),
    more && h(MoreNotice, { count: active.length }),
    held.length > 0 && burning.length > 0 && h(HeldNotice, { count: held.length }),
    burning.length > 0 && h(Cards, { issues: burning, chosen, brands }),
    held.length > 0 && h(Held, { issues: held, chosen, brands }),
    active.length === 0 && h(Nothing, { sources, brands }),
    over.length > 0 && el('h3', {}, 'Over'),
    over.length > 0 && h(Cards, { issues: over, chosen, brands }),
  )
})
