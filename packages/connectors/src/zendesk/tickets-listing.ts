import { createGuard, HOUR_MS, MINUTE_MS, SECOND_MS } from '@outcry/contracts'
import { type Static, Type } from 'typebox'
import type { SourceContext } from '../connector.ts'
import { fieldsOf, isoTimeOf, secondsTimeOf } from '../fields.ts'
import { dueSince } from '../help-desk/due-since.ts'
import { createReplyMemory } from '../help-desk/reply-memory.ts'
import { PlatformError } from '../http/platform-error.ts'
import type { Listing, LookContext } from '../listing/listing.ts'
import { type ItemReader, readItems } from '../parse-items.ts'
import { changeToSightings, commentersIn } from './comment-to-sighting.ts'
import type { Desk } from './desk.ts'
import { createKnownStaff } from './known-staff.ts'
import { ticketToSightings } from './ticket-to-sighting.ts'
import type { TicketPage, ZendeskClient } from './zendesk-client.ts'

/** What changed within the last minute is in no export. */
const HELD_BACK_MS = MINUTE_MS
const REWIND_S = 120
const FIRST_LOOK_BACK_MS = HOUR_MS

/**
 * `ticketsS`: up to when tickets were delivered, from where they are asked for where the cursor does not hold.
 * `commentsS`: the same of comments. Epoch seconds. `fromMs`: nothing older is read.
 */
const Position = Type.Object({
  cursor: Type.Union([Type.String(), Type.Null()]),
  ticketsS: Type.Integer({ minimum: 0 }),
  commentsS: Type.Integer({ minimum: 0 }),
  fromMs: Type.Integer({ minimum: 0 }),
  replies: Type.Unknown(),
})
type Position = Static<typeof Position>
const isPosition = createGuard(Position)

/** Tickets that changed, and comments in tickets, a page of each a look. */
export const ticketsListing = (
  client: ZendeskClient,
  { desk, comments }: { desk: Desk; comments: boolean },
  { clock, source, hashAuthor }: SourceContext,
): Listing => {
  const replies = createReplyMemory()
  const staff = createKnownStaff(client)
  const readContext = () => ({ source, hashAuthor, observedAt: clock.now() })

  const first = (): Position => {
    const fromMs = clock.now() - FIRST_LOOK_BACK_MS
    const startS = Math.floor(fromMs / SECOND_MS)
    return { cursor: null, ticketsS: startS, commentsS: startS, fromMs, replies: [] }
  }

  const pageAt = async ({ cursor, ticketsS }: Position, signal: AbortSignal): Promise<TicketPage> => {
    const startS = Math.max(0, ticketsS - REWIND_S)
    if (cursor === null) return client.tickets({ startS }, signal)
    return client.tickets({ cursor }, signal).catch((error: unknown) => {
      if (isBadCursor(error)) return client.tickets({ startS }, signal)
      throw error
    })
  }

  /** Delivers a page of tickets; gives the next position, and up to when everything is delivered, epoch ms. */
  const readTickets = async (mark: Position, { deliver, signal }: LookContext) => {
    const askedAt = clock.now()
    const page = await pageAt(mark, signal)
    const context = readContext()
    const read = { read: ticketOf(desk), what: 'ticket of Zendesk' }
    const found = readItems(page.tickets, read, context)
    const sightings = replies.follow(dueSince(found.sightings, mark.fromMs), context)
    const until = page.isEnd ? askedAt - HELD_BACK_MS : Math.min(newestChange(page.tickets), askedAt - HELD_BACK_MS)
    const next = {
      ...mark,
      cursor: page.cursor ?? mark.cursor,
      ticketsS: Math.max(mark.ticketsS, Math.floor(until / SECOND_MS)),
      replies: replies.position(),
    }
    await deliver({ sightings, rejects: found.rejects, position: next })
    return { next, until, isEnd: page.isEnd }
  }

  const readComments = async (mark: Position, { deliver, gap, signal }: LookContext) => {
    const askedAt = clock.now()
    const latestS = Math.floor((askedAt - HELD_BACK_MS) / SECOND_MS) - 5
    const page = await client.events(Math.min(mark.commentsS, latestS), signal)
    await staff.learn(page.events.flatMap(commentersIn), signal)
    const context = readContext()
    const found = readItems(page.events, { read: changeOf(desk, staff.isStaff), what: 'event of Zendesk' }, context)
    staff.trim()
    const sightings = replies.follow(dueSince(found.sightings, mark.fromMs), context)
    const untilS = Math.max(mark.commentsS, page.untilS ?? 0)
    const isStuck = !page.isEnd && untilS === mark.commentsS
    if (isStuck) gap('more happened in one second than the export shows')
    const next = { ...mark, commentsS: isStuck ? untilS + 1 : untilS, replies: replies.position() }
    await deliver({ sightings, rejects: found.rejects, position: next })
    return { next, until: page.isEnd ? askedAt - HELD_BACK_MS : untilS * SECOND_MS, isEnd: page.isEnd }
  }

  return {
    name: 'tickets',
    look: async (asked) => {
      const mark = isPosition(asked.position) ? asked.position : first()
      if (!isPosition(asked.position)) await asked.deliver({ sightings: [], position: mark })
      replies.restore(mark.replies)
      const tickets = await readTickets(mark, asked)
      if (!comments) return { until: tickets.until, again: !tickets.isEnd }
      const said = await readComments(tickets.next, asked)
      return { until: Math.min(tickets.until, said.until), again: !tickets.isEnd || !said.isEnd }
    },
  }
}

const ticketOf =
  (desk: Desk): ItemReader =>
  (value, context) => {
    const ticket = fieldsOf(value)
    return ticket === undefined ? undefined : ticketToSightings(ticket, desk, context)
  }

const changeOf =
  (desk: Desk, isStaff: (id: string) => boolean): ItemReader =>
  (value, context) => {
    const change = fieldsOf(value)
    return change === undefined ? undefined : changeToSightings(change, { isStaff, withFirst: false }, desk, context)
  }

/** A cursor that is too old or of another account. */
const isBadCursor = (error: unknown): boolean =>
  error instanceof PlatformError && [400, 404, 410, 422].includes(error.status)

/** Exports are ordered by this, epoch ms; 0 where no ticket tells it. */
const newestChange = (tickets: readonly unknown[]): number => {
  const last = fieldsOf(tickets.at(-1))
  return secondsTimeOf(last?.['generated_timestamp']) ?? isoTimeOf(last?.['updated_at']) ?? 0
}
