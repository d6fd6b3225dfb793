import type { Command, Exemplar, Issue, Me, TimelineEntry } from './api.ts'
import { button, el } from './elements.ts'
import { isActive, tags } from './issue-list.ts'
import { seriesChart } from './series-chart.ts'
import { agoText, durationText, numberText, pageReasonText, peopleText, safeLink, timeText } from './wording.ts'

type Props = {
  issue: Issue
  timeline: readonly TimelineEntry[]
  me: Me
  onDecide: (command: Command) => void
  /** What is said of it. */
  statements: HTMLElement
}

const HARM_TEXT: Record<string, string> = {
  none: 'annoyance',
  access: 'people locked out',
  privacy: 'privacy',
  money: 'money',
  safety: 'safety',
}

const paceRows = ({ lastHour, hourBefore }: Issue): [string, string][] =>
  lastHour === null ? [] : [['Last hour', `${peopleText(lastHour)}, ${numberText(hourBefore ?? 0)} the hour before`]]

/** Own experience or hearsay, the mood, and who has not been answered. */
const toldRows = ({ firstHand, hearsay, hostilityRise, unanswered }: Issue): [string, string][] => [
  ...(firstHand === null || hearsay === null || firstHand + hearsay === 0
    ? []
    : [['Told', `${firstHand} first-hand, ${hearsay} hearsay`] satisfies [string, string]]),
  ...(hostilityRise === null || hostilityRise < 0.1 ? [] : [['Mood', 'getting angrier'] satisfies [string, string]]),
  ...(unanswered === null ? [] : [['Unanswered', `${Math.round(100 * unanswered)} %`] satisfies [string, string]]),
]

/** ", 3 h late": how long after writing half of the posts were read; nothing where that was not measured. */
const lateText = ({ delays }: Issue, platform: string): string => {
  const delay = delays.find(({ source }) => source === platform)
  return delay === undefined ? '' : `, ${durationText(delay.medianMs)} late`
}

const figures = (issue: Issue): HTMLElement => {
  const rows: [string, string][] = [
    ['People so far', numberText(issue.authors)],
    ['Posts', issue.reposts > 0 ? `${issue.mentions} and ${issue.reposts} reposts` : String(issue.mentions)],
    [`People in ${durationText(issue.windowMs)}`, `${issue.observed} (${numberText(issue.expected)} expected)`],
    ['People an hour', numberText(issue.perHour)],
    ...paceRows(issue),
    ['Reach', issue.reach > 0 ? numberText(issue.reach) : 'unknown'],
    ['At stake', HARM_TEXT[issue.harm] ?? issue.harm],
    ['Voices', issue.authenticity],
    ...toldRows(issue),
    ...Object.entries(issue.platforms)
      .sort(([, a], [, b]) => b - a)
      .slice(0, 6)
      .map(([platform, count]): [string, string] => [`On ${platform}`, `${count}${lateText(issue, platform)}`]),
  ]
  return el(
    'dl',
    { class: 'figures' },
    ...rows.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
  )
}

const post = (exemplar: Exemplar, heading: string | null): HTMLElement => {
  const link = safeLink(exemplar.url)
  return el(
    'li',
    { class: 'post' },
    heading === null ? null : el('h3', {}, heading),
    el('blockquote', { dir: 'auto' }, exemplar.excerpt),
    el(
      'p',
      { class: 'quiet' },
      `${exemplar.source}, ${timeText(exemplar.at)} `,
      link === null
        ? null
        : el('a', { href: link, rel: 'noopener noreferrer nofollow', target: '_blank' }, 'Open the post'),
    ),
  )
}

const decisions = ({ issue, me, onDecide }: Props): HTMLElement | null => {
  if (me.role === 'viewer' || !isActive(issue)) return null
  return el(
    'div',
    { class: 'actions', role: 'group', 'aria-label': 'Decide' },
    issue.state === 'open' && button('Acknowledge', () => onDecide('acknowledge'), { class: 'main' }),
    issue.state !== 'announced' && button('Mark as announced', () => onDecide('announce')),
    button('Resolve', () => onDecide('resolve')),
    button('Dismiss…', () => onDecide('dismiss')),
  )
}

const KIND_TEXT: Record<string, string> = {
  opened: 'Opened',
  escalated: 'Escalated',
  updated: 'Updated',
  resolved: 'Resolved',
  note: 'Note',
  'merge-asked': 'Merge asked for',
  'split-asked': 'Split asked for',
  released: 'Sent what had waited',
  muted: 'Muted',
  'mute-ended': 'Mute ended',
  delivered: 'Delivered',
  'not-delivered': 'Not delivered',
  'statement-drafted': 'Statement drafted',
  'statement-edited': 'Statement edited',
  'statement-approved': 'Statement approved',
  'statement-published': 'Statement published',
  'statement-withdrawn': 'Statement withdrawn',
}

/** An issue may escalate in the millisecond that opened it. */
const inOrder = (a: TimelineEntry, b: TimelineEntry) =>
  a.at.localeCompare(b.at) || Number(b.kind === 'opened') - Number(a.kind === 'opened')

const entry = ({ at, kind, actor, data }: TimelineEntry): HTMLElement => {
  const text = (name: string) => (typeof data[name] === 'string' ? data[name] : '')
  const parts = [
    text('statement'),
    text('language'),
    text('reason').replaceAll('-', ' '),
    text('note'),
    text('pageReason'),
  ].filter(Boolean)
  return el(
    'li',
    {},
    el('time', { datetime: at }, timeText(at)),
    el(
      'span',
      {},
      el('b', {}, KIND_TEXT[kind] ?? kind),
      ` ${whose(text('target'), actor)}`,
      parts.length > 0 && `: ${parts.join('; ')}`,
    ),
  )
}

/** A delivery is told by whom it went to; that the alerter sent it goes without saying. */
const whose = (target: string, actor: string): string => (target === '' ? `by ${actor}` : `to ${target}`)

/** One issue as a person needs it: what, how much against what is expected, why it paged, who said what, what to do. */
export const issueDetail = (props: Props): HTMLElement[] => {
  const { issue, timeline, statements } = props
  const [first, ...others] = issue.exemplars
  const chart = seriesChart(issue.series)
  const acts = decisions(props)
  return [
    el('a', { class: 'back', href: '#/' }, 'All issues'),
    tags(issue),
    el('h2', { class: 'title' }, issue.label),
    el(
      'p',
      { class: 'lead' },
      `${peopleText(issue.observed)} in ${durationText(issue.windowMs)} where ${numberText(issue.expected)} would be ` +
        `expected. It began at ${timeText(issue.since)}, ${agoText(issue.since)}.`,
    ),
    ...(acts ? [acts] : []),
    el(
      'p',
      { class: 'why' },
      el('b', {}, issue.page ? 'Paged: ' : issue.held ? 'Held, nobody was paged: ' : 'Not paged: '),
      pageReasonText(issue.pageReason),
    ),
    ...(chart ? [chart] : []),
    figures(issue),
    ...(first
      ? [
          el(
            'section',
            {},
            el('h2', {}, 'What people say'),
            el('ul', { class: 'posts' }, post(first, 'First post'), ...others.map((other) => post(other, null))),
          ),
        ]
      : []),
    statements,
    ...(issue.reasons.length > 0
      ? [
          el(
            'section',
            {},
            el('h2', {}, 'Why this is an issue'),
            el('ul', { class: 'reasons' }, ...issue.reasons.map((reason) => el('li', {}, reason))),
          ),
        ]
      : []),
    el(
      'section',
      {},
      el('h2', {}, 'What happened'),
      el('ol', { class: 'timeline' }, ...[...timeline].sort(inOrder).map(entry)),
    ),
  ]
}
