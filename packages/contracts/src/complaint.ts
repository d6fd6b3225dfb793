import { type Static, Type } from 'typebox'
import type { Authenticity } from './issue.ts'

/** How a complaint ended: solved, parted ways with the customer, the customer did not reply, or we could not solve it. */
export const ComplaintOutcome = Type.Union([
  Type.Literal('resolved'),
  Type.Literal('parted-ways'),
  Type.Literal('no-reply'),
  Type.Literal('not-solved'),
])
export type ComplaintOutcome = Static<typeof ComplaintOutcome>

/** Where a conversation goes on in private. A fixed list: addresses and numbers of customers have no place here. */
export const HandOffChannel = Type.Union([
  Type.Literal('direct-message'),
  Type.Literal('email'),
  Type.Literal('phone'),
  Type.Literal('chat'),
  Type.Literal('ticket'),
  Type.Literal('other'),
])
export type HandOffChannel = Static<typeof HandOffChannel>

/**
 * What a person says of complaints; what is absent stays, null takes back. `answered` true or false overrules what was
 * seen.
 */
export type ComplaintChange = {
  answered?: boolean | null
  assignee?: string | null
  handOff?: HandOffChannel | null
  outcome?: ComplaintOutcome | null
  authenticity?: { is: Authenticity; reason: string } | null
}

/** Who did something, and when, epoch ms. */
type Done = { by: string; at: number }

/**
 * What makes a complaint an answered one: a reply of the brand that was seen, a mark, or that it was taken elsewhere or
 * brought to an end. `by` is null for a reply that was seen.
 */
export type ComplaintAnswer = { how: 'reply' | 'marked' | 'hand-off' | 'outcome'; by: string | null; at: number }

/** What people said of one complaint. `version` counts their changes, 0 before the first. */
export type ComplaintRecord = {
  answer: ComplaintAnswer | null
  /** A person says that it is not answered, whatever was seen. */
  markedUnanswered: boolean
  assignee: string | null
  handOff: (Done & { channel: HandOffChannel }) | null
  outcome: (Done & { is: ComplaintOutcome }) | null
  authenticity: (Done & { is: Authenticity; reason: string }) | null
  version: number
}

/** How the complaints of an issue stand. `reachUnanswered`: people who may have seen those without an answer. */
export type Unanswered = {
  complaints: number
  unanswered: number
  /** When the oldest unanswered one was written, epoch ms. */
  oldestUnansweredAt: number | null
  reachUnanswered: number
}
