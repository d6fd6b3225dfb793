import { createGuard, HOUR_MS, SECOND_MS } from '@outcry/contracts'
import { type Static, Type } from 'typebox'
import type { ParseContext, SourceContext } from '../connector.ts'
import { fieldsOf, idOf, secondsTimeOf, type Fields } from '../fields.ts'
import { dueSince } from '../help-desk/due-since.ts'
import { createReplyMemory } from '../help-desk/reply-memory.ts'
import { PlatformError } from '../http/platform-error.ts'
import type { Listing, LookContext } from '../listing/listing.ts'
import { type ItemReader, readItems } from '../parse-items.ts'
import { conversationToSightings } from './conversation-to-sighting.ts'
import type { IntercomClient } from './intercom-client.ts'

/** The search shows a change some seconds late. */
const REWIND_S = 120
const FIRST_LOOK_BACK_MS = HOUR_MS
const PAGES_PER_LOOK = 10
const MAX_DELETED_PAGES = 50

/**
 * `sinceS`: the walk that is under way asks for what changed since, at `next` where it has begun; `newestS`: newest change that
 * was delivered. `deletedS`: the same of deletions. Epoch seconds. `fromMs`: nothing older is read.
 */
const Position = Type.Object({
  sinceS: Type.Integer({ minimum: 0 }),
  next: Type.Union([Type.String(), Type.Null()]),
  newestS: Type.Integer({ minimum: 0 }),
  deletedS: Type.Integer({ minimum: 0 }),
  fromMs: Type.Integer({ minimum: 0 }),
  replies: Type.Unknown(),
})
type Position = Static<typeof Position>
const isPosition = createGuard(Position)

/** Conversations in the order in which they changed, with new replies of customers, and then those that were deleted. */
export const conversationsListing = (
  client: IntercomClient,
  { replies: readsReplies }: { replies: boolean },
  { clock, source, hashAuthor }: SourceContext,
): Listing => {
  const replies = createReplyMemory()
  const readContext = (): ParseContext => ({ source, hashAuthor, observedAt: clock.now() })

  const first = (): Position => {
    const fromMs = clock.now() - FIRST_LOOK_BACK_MS
    const startS = Math.floor(fromMs / SECOND_MS)
    return { sinceS: startS, next: null, newestS: startS, deletedS: startS, fromMs, replies: [] }
  }

  const pageAt = async ({ sinceS, next, newestS }: Position, signal: AbortSignal) => {
    if (next === null) return client.changedSince(sinceS, null, signal)
    return client.changedSince(sinceS, next, signal).catch((error: unknown) => {
      // The token of a page may be too old.
      if (error instanceof PlatformError && [400, 404, 422].includes(error.status))
        return client.changedSince(newestS - REWIND_S, null, signal)
      throw error
    })
  }

  /** The conversation with what was said in it, where a customer said something since. */
  const withReplies = async (value: unknown, sinceMs: number, signal: AbortSignal): Promise<unknown> => {
    const conversation = fieldsOf(value)
    const id = idOf(conversation?.['id'])
    if (!readsReplies || conversation === undefined || id === undefined) return value
    if (!mayHaveReplies(conversation, sinceMs)) return value
    return client.conversation(id, signal).catch((error: unknown) => {
      // It was deleted in between.
      if (error instanceof PlatformError && error.status === 404) return value
      throw error
    })
  }

  const readPage = async (mark: Position, { deliver, signal }: LookContext) => {
    const askedAt = clock.now()
    const { conversations, next } = await pageAt(mark, signal)
    // Not since the newest change that was seen: what a customer said may have moved its conversation ahead of the walk.
    const sinceMs = mark.sinceS * SECOND_MS
    const whole: unknown[] = []
    for (const each of conversations) whole.push(await withReplies(each, sinceMs, signal))
    const context = readContext()
    const found = readItems(whole, READER, context)
    const news = dueSince(found.sightings, mark.fromMs)
    const latestS = Math.floor(clock.now() / SECOND_MS)
    const newestS = Math.min(Math.max(mark.newestS, newestChange(conversations)), latestS)
    const sightings = replies.follow(news, context)
    const sinceS = next === null ? newestS - REWIND_S : mark.sinceS
    const position = { ...mark, sinceS, next, newestS, replies: replies.position() }
    await deliver({ sightings, rejects: found.rejects, position })
    return { position, until: next === null ? askedAt : newestS * SECOND_MS }
  }

  const readDeleted = async (mark: Position, { deliver, gap, signal }: LookContext): Promise<void> => {
    const sinceS = mark.deletedS - REWIND_S
    const gone: unknown[] = []
    for (let page = 1; page <= MAX_DELETED_PAGES; page += 1) {
      const { deleted, isLast } = await client.deleted(page, signal)
      gone.push(...deleted.filter((each) => deletedSOf(each) >= sinceS))
      if (isLast || deleted.some((each) => deletedSOf(each) < sinceS)) break
      if (page === MAX_DELETED_PAGES) gap('more conversations were deleted since the last look than are asked for')
    }
    const context = readContext()
    const found = readItems(gone, READER, context)
    const sightings = replies.follow(found.sightings, context)
    const latestS = Math.floor(clock.now() / SECOND_MS)
    const deletedS = Math.min(Math.max(mark.deletedS, ...gone.map(deletedSOf)), latestS)
    await deliver({
      sightings,
      rejects: found.rejects,
      position: { ...mark, deletedS, replies: replies.position() },
    })
  }

  return {
    name: 'conversations',
    look: async (asked) => {
      let mark = isPosition(asked.position) ? asked.position : first()
      if (!isPosition(asked.position)) await asked.deliver({ sightings: [], position: mark })
      replies.restore(mark.replies)
      let until = 0
      for (let page = 1; page <= PAGES_PER_LOOK; page += 1) {
        const read = await readPage(mark, asked)
        mark = read.position
        until = read.until
        if (mark.next === null) break
      }
      if (mark.next !== null) return { until, again: true }
      try {
        await readDeleted(mark, asked)
      } catch (error) {
        if (!(error instanceof PlatformError) || ![400, 404].includes(error.status)) throw error
        return { until, again: false, unseen: 'Intercom does not tell this app of deletions' }
      }
      return { until, again: false }
    },
  }
}

const READER: { read: ItemReader; what: string } = {
  read: (value, context) => {
    const conversation = fieldsOf(value)
    return conversation === undefined ? undefined : conversationToSightings(conversation, context)
  },
  what: 'conversation of Intercom',
}

/** Where the platform counts nothing yet, a change after the beginning may be a reply. */
const mayHaveReplies = (conversation: Fields, sinceMs: number): boolean => {
  const repliedAt = secondsTimeOf(fieldsOf(conversation['statistics'])?.['last_contact_reply_at'])
  if (repliedAt !== undefined) return repliedAt >= sinceMs
  return conversation['updated_at'] !== conversation['created_at']
}

const newestChange = (conversations: readonly unknown[]): number =>
  Math.floor((secondsTimeOf(fieldsOf(conversations.at(-1))?.['updated_at']) ?? 0) / SECOND_MS)

const deletedSOf = (value: unknown): number => (secondsTimeOf(fieldsOf(value)?.['deleted_at']) ?? 0) / SECOND_MS
