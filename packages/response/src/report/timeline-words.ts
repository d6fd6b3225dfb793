import type { TimedEntry } from '../issue-times.ts'

const KINDS: Readonly<Record<string, string>> = {
  opened: 'Opened',
  escalated: 'Escalated',
  updated: 'Updated',
  resolved: 'Closed',
  released: 'Sent what had waited',
  absorbed: 'Took in another issue',
  'not-resolved': 'Not resolved by itself',
  'merge-asked': 'Merge asked for',
  'split-asked': 'Split asked for',
  'not-delivered': 'Not delivered',
}

/** Fields of an entry that say what was decided and why, in the order in which they are read. */
const FIELDS = ['severity', 'statement', 'language', 'reason', 'note', 'pageReason'] as const

/** A line of the timeline in words: what happened, and why as far as it says. */
export const timelineWords = ({ kind, body }: Pick<TimedEntry, 'kind' | 'body'>): string => {
  const said = FIELDS.flatMap((field) => textOf(body[field]))
  const channels = Array.isArray(body['channels']) ? body['channels'].flatMap(textOf) : []
  const parts = [...said, ...(channels.length > 0 ? [`on ${channels.join(', ')}`] : [])]
  const what = KINDS[kind] ?? capital(kind.replaceAll('-', ' '))
  return parts.length > 0 ? `${what}: ${parts.join('; ')}` : what
}

const textOf = (value: unknown): string[] => (typeof value === 'string' && value !== '' ? [value] : [])

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
