import { createGuard, HOUR_MS, SECOND_MS } from '@outcry/contracts'
import { type Static, Type } from 'typebox'
import type { ParseContext, Sighting, SourceContext } from '../connector.ts'
import { fieldsOf, idOf, isoTimeOf, type Fields } from '../fields.ts'
import { dueSince } from '../help-desk/due-since.ts'
import { createReplyMemory } from '../help-desk/reply-memory.ts'
import { PlatformError } from '../http/platform-error.ts'
import type { Listing, LookContext } from '../listing/listing.ts'
import { readItems } from '../parse-items.ts'
import { type FreshdeskClient, PER_PAGE, type TicketFilter } from './freshdesk-client.ts'
import { itemReader } from './read-payload.ts'
import type { Desk } from './ticket-to-sighting.ts'
import { afterPage, Walk, walkFrom } from './ticket-walk.ts'

const FIRST_LOOK_BACK_MS = HOUR_MS
/** A reply may show some seconds late. */
const REPLY_REWIND_S = 120
const PAGES_PER_LOOK = 5
const MAX_REPLY_PAGES = 20

/** A walk for tickets, and one each for those that were deleted and those that are spam. `fromMs`: nothing older is read. */
const Position = Type.Object({
  kept: Walk,
  deleted: Walk,
  spam: Walk,
  fromMs: Type.Integer({ minimum: 0 }),
  replies: Type.Unknown(),
})
type Position = Static<typeof Position>
type WalkName = 'kept' | 'deleted' | 'spam'
const isPosition = createGuard(Position)
const FILTERS: Readonly<Record<WalkName, TicketFilter>> = { kept: null, deleted: 'deleted', spam: 'spam' }
const WALKS = ['kept', 'deleted', 'spam'] as const

/** Tickets in the order in which they changed, with new replies of customers, and those that were deleted or are spam. */
export const ticketsListing = (
  client: FreshdeskClient,
  { desk, replies: readsReplies }: { desk: Desk; replies: boolean },
  { clock, source, hashAuthor }: SourceContext,
): Listing => {
  const replies = createReplyMemory()
  const reader = { read: itemReader(desk), what: 'ticket or reply of Freshdesk' }
  const readContext = (): ParseContext => ({ source, hashAuthor, observedAt: clock.now() })

  const first = (): Position => {
    const fromMs = clock.now() - FIRST_LOOK_BACK_MS
    const walk = walkFrom(Math.floor(fromMs / SECOND_MS))
    return { kept: walk, deleted: walk, spam: walk, fromMs, replies: [] }
  }

  const repliesIn = async (id: string, signal: AbortSignal): Promise<unknown[]> => {
    const all: unknown[] = []
    for (let page = 1; page <= MAX_REPLY_PAGES; page += 1) {
      const read = await client.replies(id, page, signal)
      all.push(...read)
      if (read.length < PER_PAGE) break
    }
    return all
  }

  /** What customers said since in the tickets of a page. */
  const saidIn = async (tickets: readonly unknown[], sinceMs: number, signal: AbortSignal): Promise<unknown[]> => {
    if (!readsReplies) return []
    const said: unknown[] = []
    for (const value of tickets) {
      const ticket = fieldsOf(value)
      const id = idOf(ticket?.['id'])
      if (ticket === undefined || id === undefined || !mayHaveReplies(ticket, sinceMs)) continue
      const all = await repliesIn(id, signal).catch((error: unknown) => {
        // It was deleted in between.
        if (error instanceof PlatformError && error.status === 404) return []
        throw error
      })
      said.push(...all.map((reply) => ({ ticket_id: id, ...fieldsOf(reply) })))
    }
    return said
  }

  const readPage = async (mark: Position, name: WalkName, { deliver, gap, signal }: LookContext) => {
    const askedAt = clock.now()
    const walk = mark[name]
    const tickets = await client.tickets({ filter: FILTERS[name], ...walk }, signal)
    // Not since the newest change that was seen: what a customer said may have moved its ticket ahead of the walk.
    const saidSinceMs = (walk.settledS - REPLY_REWIND_S) * SECOND_MS
    const items =
      name === 'kept'
        ? [...tickets, ...(await saidIn(tickets, saidSinceMs, signal))]
        : tickets.map((ticket) => ({ ...fieldsOf(ticket), deleted: true }))
    const context = readContext()
    const found = readItems(items, reader, context)
    const news: Sighting[] = dueSince(found.sightings, mark.fromMs)
    const after = afterPage(walk, tickets, Math.floor(clock.now() / SECOND_MS))
    if (after.lost) gap('more tickets changed in one second than the platform shows')
    const sightings = replies.follow(news, context)
    const position = { ...mark, [name]: after.walk, replies: replies.position() }
    await deliver({ sightings, rejects: found.rejects, position })
    return { position, isEnd: after.isEnd, until: after.isEnd ? askedAt : after.walk.newestS * SECOND_MS }
  }

  return {
    name: 'tickets',
    look: async (asked) => {
      let mark = isPosition(asked.position) ? asked.position : first()
      if (!isPosition(asked.position)) await asked.deliver({ sightings: [], position: mark })
      replies.restore(mark.replies)
      let until = Number.POSITIVE_INFINITY
      let isEnd = true
      for (const name of WALKS) {
        for (let page = 1; page <= PAGES_PER_LOOK; page += 1) {
          const read = await readPage(mark, name, asked)
          mark = read.position
          isEnd = read.isEnd
          if (name === 'kept') until = read.until
          if (isEnd) break
        }
        if (!isEnd) break
      }
      return { until, again: !isEnd }
    },
  }
}

/** Without the times of the ticket, any change after its beginning may be a reply. */
const mayHaveReplies = (ticket: Fields, sinceMs: number): boolean => {
  const stats = fieldsOf(ticket['stats'])
  if (stats === undefined) return ticket['updated_at'] !== ticket['created_at']
  return (isoTimeOf(stats['requester_responded_at']) ?? 0) >= sinceMs
}
