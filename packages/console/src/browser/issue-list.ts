import type { Brand, IssueSummary, Severity, Source } from './api.ts'
import { el } from './elements.ts'
import { SEVERITY_MARK, agoText, durationText, numberText, pageReasonText, peopleText, timeText } from './wording.ts'

const RANK: Record<Severity, number> = { crisis: 2, major: 1, incident: 0 }
const ACTIVE = new Set(['open', 'acknowledged', 'announced'])

/** It wanted a page, got none, and nobody took it yet. */
const isHeld = (issue: IssueSummary): boolean => issue.held && issue.state === 'open'

export const isActive = (issue: Pick<IssueSummary, 'state'>): boolean => ACTIVE.has(issue.state)

/** Real before drill, burning before calm, graver first, then the newest. */
export const byUrgency = (a: IssueSummary, b: IssueSummary): number =>
  Number(a.drill) - Number(b.drill) ||
  Number(a.calm) - Number(b.calm) ||
  RANK[b.severity] - RANK[a.severity] ||
  b.openedAt.localeCompare(a.openedAt)

/** Who has not been told yet, for quiet hours or a mute: what counts as a page may have reached nobody. */
const waitingText = (waiting: IssueSummary['waiting']): string => {
  const until = timeText(waiting.map((each) => each.until).sort()[0] ?? '')
  return waiting.length === 1
    ? `${waiting[0]?.target} waits until ${until}`
    : `${waiting.length} targets wait until ${until}`
}

/** Who took it on; of what was announced since it is told too. */
const stateText = ({ state, acknowledgedBy }: IssueSummary): string => {
  if (acknowledgedBy === null) return state
  return state === 'acknowledged' ? `acknowledged by ${acknowledgedBy}` : `${state}, taken by ${acknowledgedBy}`
}

export const tags = (issue: IssueSummary): HTMLElement =>
  el(
    'span',
    { class: 'tags' },
    el('span', { class: `tag ${issue.severity}` }, SEVERITY_MARK[issue.severity]),
    issue.drill && el('span', { class: 'tag drill' }, 'Drill, not real'),
    el('span', { class: 'tag' }, issue.brand),
    el('span', { class: 'tag' }, stateText(issue)),
    issue.calm && el('span', { class: 'tag calm' }, 'calm'),
    issue.authenticity !== 'genuine' && el('span', { class: 'tag' }, `${issue.authenticity} voices`),
    el('span', { class: 'tag' }, issue.page ? 'paged' : issue.held ? 'held' : 'not paged'),
    issue.waiting.length > 0 && el('span', { class: 'tag' }, waitingText(issue.waiting)),
  )

const card = (issue: IssueSummary, selected: string | null): HTMLElement =>
  el(
    'li',
    {},
    el(
      'a',
      {
        class: `card ${issue.severity}`,
        href: `#/issues/${encodeURIComponent(issue.id)}`,
        'data-focus': issue.id,
        'aria-current': issue.id === selected ? 'true' : null,
      },
      tags(issue),
      el('strong', {}, issue.label),
      el(
        'p',
        {},
        `${peopleText(issue.observed)} in ${durationText(issue.windowMs)}, ${numberText(issue.expected)} expected. ` +
          `Began ${agoText(issue.since)}.`,
      ),
      isHeld(issue) && el('p', {}, `Held: ${pageReasonText(issue.pageReason)}.`),
    ),
  )

/** What is on fire, below it what was held, and last what is over. */
export const issueList = (
  issues: readonly IssueSummary[],
  selected: string | null,
  estate: { sources: readonly Source[]; brands: readonly Brand[] },
): HTMLElement[] => {
  const cards = (some: IssueSummary[]) =>
    el('ul', { class: 'cards' }, ...some.sort(byUrgency).map((issue) => card(issue, selected)))
  const active = issues.filter(isActive)
  const burning = active.filter((issue) => !isHeld(issue))
  const held = active.filter(isHeld)
  const over = issues.filter((issue) => !isActive(issue))
  const blind = estate.sources.filter(({ state }) => state === 'blind')
  return [
    ...(blind.length > 0 && active.length > 0 ? [blindNotice(blind)] : []),
    ...(held.length > 0 && burning.length > 0 ? [heldNotice(held.length)] : []),
    ...(burning.length > 0 ? [cards(burning)] : []),
    ...(held.length > 0
      ? [
          el('h3', { id: 'held' }, `Held, nobody was paged (${held.length})`),
          el(
            'p',
            { class: 'quiet' },
            'This week’s pages are used, or kept for graver issues. Each is judged again when it gets worse.',
          ),
          el('div', { class: 'held' }, cards(held)),
        ]
      : []),
    ...(active.length === 0 ? [nothing(estate)] : []),
    ...(over.length > 0 ? [el('h3', {}, 'Over'), cards(over)] : []),
  ]
}

const heldNotice = (count: number): HTMLElement =>
  el(
    'p',
    { class: 'aside' },
    el('a', { href: '#/held', 'data-focus': 'held' }, `${count} more held`),
    ', nobody was paged for ',
    count === 1 ? 'it.' : 'them.',
  )

const blindNotice = (blind: readonly Source[]): HTMLElement =>
  el(
    'p',
    { class: 'notice' },
    '✕ Not everything is seen: ',
    el('a', { href: '#/sources', 'data-focus': 'sources' }, blind.map(({ name }) => name).join(', ')),
    blind.length === 1 ? ' is blind.' : ' are blind.',
  )

/** An empty page must say whether it is empty because all is well. */
const nothing = ({ sources, brands }: { sources: readonly Source[]; brands: readonly Brand[] }): HTMLElement => {
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
  return el('div', { class: 'empty' }, el('h3', {}, title), ...lines.map((line) => el('p', {}, line)))
}
