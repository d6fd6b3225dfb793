import { type ClockName, isoMinute } from '@outcry/contracts'
import type { TimedEntry } from '../issue-times.ts'

type Body = TimedEntry['body']

const KINDS: Readonly<Record<string, string>> = {
  opened: 'Opened',
  escalated: 'Escalated',
  resolved: 'Closed',
  released: 'Sent what had waited',
  absorbed: 'Took in another issue',
  'not-resolved': 'Not resolved by itself',
  'merge-asked': 'Merge asked for',
  'split-asked': 'Split asked for',
  'remove-asked': 'Removal asked for',
  retyped: 'Type changed',
}

/** Why people were told of the issue once more. */
const UPDATES: Readonly<Partial<Record<string, string>>> = {
  growth: 'It has grown',
  calm: 'It has calmed down',
  active: 'It is active again',
  acknowledged: 'Acknowledged',
  announced: 'The public was told',
  absorbed: 'Told that it took in another issue',
}

const OWED: Readonly<Record<ClockName, string>> = {
  acknowledge: 'the acknowledgement',
  'first-statement': 'the first public statement',
  eta: 'the promised fix',
  'next-update': 'the next public update',
  unanswered: 'an answer to those who wait longest',
  resolve: 'the resolution',
}

/** Fields of an entry that say what was decided and why, in the order in which they are read. */
const FIELDS = ['severity', 'issueType', 'statement', 'language', 'reason', 'note', 'pageReason'] as const

/** That what is told while an issue lasts does not page goes without saying. */
const NEVER_PAGES = /^.* never pages$/

/** A line of the timeline in words: what happened, and why as far as it says. Times are UTC. */
export const timelineWords = ({ kind, body }: Pick<TimedEntry, 'kind' | 'body'>): string => {
  switch (kind) {
    case 'delivered':
      return joined(`Alert delivered to ${textOf(body['target'])}`, [textOf(body['reason'])])
    case 'not-delivered':
      return joined(`Alert not delivered to ${textOf(body['target'])}`, [textOf(body['reason'])])
    case 'redelivered':
      return `Alert sent again to ${textOf(body['target'])}`
    case 'triaged':
      return triageWords(body)
    case 'updated':
      return joined(updateWords(body), [textOf(body['note']), pageWords(body)])
  }
  const named = KINDS[kind] ?? capital(kind.replaceAll('-', ' '))
  const said = FIELDS.map((field) => (field === 'pageReason' ? pageWords(body) : textOf(body[field])))
  return joined(`${named}${clockWords(body)}`, [...said, channelWords(body)])
}

const triageWords = (body: Body): string => {
  const posts = typeof body['posts'] === 'number' ? body['posts'] : 0
  const what = posts === 0 ? 'Complaints triaged' : posts === 1 ? '1 complaint triaged' : `${posts} complaints triaged`
  const [outcome, handOff] = [textOf(body['outcome']), textOf(body['handOff'])].map(spaced)
  const judged = 'authenticity' in body ? `judged ${textOf(body['authenticity']) || 'as the detector sees it'}` : ''
  return joined(what, [
    outcome === '' ? ('outcome' in body ? 'outcome taken back' : '') : `outcome ${outcome}`,
    handOff === '' ? ('handOff' in body ? 'hand-off taken back' : '') : `taken to ${handOff}`,
    judged,
  ])
}

const updateWords = (body: Body): string => {
  const reason = textOf(body['reason'])
  if (reason === 'due') return `Reminder${clockWords(body)}`
  if (reason === 'overdue') return `Overdue${clockWords(body)}`
  return UPDATES[reason] ?? joined('Updated', [reason])
}

/** `: the resolution, by 2026-11-02 09:14`; nothing where it is about no clock. */
const clockWords = ({ clock }: Body): string => {
  const { name, dueAt } = (clock ?? {}) as { name?: ClockName; dueAt?: number }
  if (name === undefined || dueAt === undefined) return ''
  return `: ${OWED[name]}, by ${isoMinute(dueAt)}`
}

const pageWords = (body: Body): string => textOf(body['pageReason']).replace(NEVER_PAGES, '')

const channelWords = ({ channels }: Body): string => {
  const named = Array.isArray(channels) ? channels.map(textOf).filter(Boolean) : []
  return named.length === 0 ? '' : `on ${named.join(', ')}`
}

const joined = (what: string, said: readonly string[]): string => {
  const parts = said.filter((part) => part !== '')
  return parts.length === 0 ? what : `${what}${what.includes(':') ? '; ' : ': '}${parts.join('; ')}`
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const spaced = (code: string): string => code.replaceAll('-', ' ')

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
