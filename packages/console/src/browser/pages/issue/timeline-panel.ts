import { CLOCK_WORDS } from '@outcry/contracts/desk-words'
import { h, type VNode } from 'preact'
import { issuePath } from '../../kit/api.ts'
import { el } from '../../kit/elements.ts'
import { Time } from '../../kit/time.ts'
import { useReading } from '../../kit/use-reading.ts'
import { timeText } from '../../kit/wording.ts'
import type { Clock } from '../../views/clock.ts'
import type { TimelineEntry } from '../../views/issue.ts'
import type { NearEvent } from '../../views/report.ts'
import { useEvents } from './after/use-events.ts'
import type { Panel } from './panel.ts'

const KIND_TEXT: Record<string, string> = {
  opened: 'Opened',
  escalated: 'Escalated',
  updated: 'Updated',
  resolved: 'Resolved',
  note: 'Note',
  retyped: 'Type changed',
  event: 'Event told of',
  'merge-asked': 'Merge asked for',
  'split-asked': 'Split asked for',
  triaged: 'Complaints triaged',
  'remove-asked': 'Removal of posts asked for',
  judged: 'Judged',
  released: 'Sent what had waited',
  muted: 'Muted',
  'mute-ended': 'Mute ended',
  delivered: 'Delivered',
  redelivered: 'Sent again',
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

/** A delivery is told by whom it went to; that the alerter sent it goes without saying. */
const whose = (target: string, actor: string): string => (target === '' ? `by ${actor}` : `to ${target}`)

/** Where a statement was published. */
const channelsOf = ({ channels }: TimelineEntry['data']): string =>
  Array.isArray(channels) && channels.length > 0 ? `on ${channels.join(', ')}` : ''

const countOf = (posts: number): string => (posts === 1 ? '1 post' : `${posts} posts`)

/** What is due or overdue. */
const clockOf = (data: TimelineEntry['data']): string => {
  const { name, dueAt } = (data['clock'] ?? {}) as { name?: Clock['name']; dueAt?: number }
  return name === undefined || dueAt === undefined
    ? ''
    : `${CLOCK_WORDS[name]}, ${timeText(new Date(dueAt).toISOString())}`
}

const Entry = ({ entry: { at, kind, actor, data } }: { entry: TimelineEntry }): VNode => {
  const text = (name: string) => (typeof data[name] === 'string' ? data[name] : '')
  const parts = [
    kind === 'retyped' && (text('issueType') || 'none of the types'),
    text('statement'),
    text('language'),
    channelsOf(data),
    typeof data['posts'] === 'number' ? countOf(data['posts']) : '',
    ...['outcome', 'handOff', 'authenticity'].map((name) => text(name).replaceAll('-', ' ')),
    text('reason').replaceAll('-', ' '),
    clockOf(data),
    text('note'),
    text('pageReason'),
  ].filter(Boolean)
  return el(
    'li',
    {},
    h(Time, { at }),
    el(
      'span',
      {},
      el('b', {}, KIND_TEXT[kind] ?? kind),
      ` ${whose(text('target'), actor)}`,
      parts.length > 0 && ': ',
      el('bdi', {}, parts.join('; ')),
    ),
  )
}

const entryOfEvent = ({ id, at, postedBy, words }: NearEvent): TimelineEntry => ({
  id,
  at,
  kind: 'event',
  actor: postedBy,
  data: { note: words },
})

/** What happened, and who did it or told of it. */
export const TimelinePanel: Panel = ({ issue }) => {
  const events = useEvents(issue.id)
  const { data } = useReading<{ items: TimelineEntry[] }>(`${issuePath(issue.id)}/timeline?limit=200`)
  return el(
    'section',
    {},
    el('h2', {}, 'What happened'),
    el(
      'ol',
      { class: 'timeline' },
      data &&
        [...data.items, ...events.map(entryOfEvent)]
          .toSorted(inOrder)
          .map((entry) => h(Entry, { key: entry.id, entry })),
    ),
  )
}
