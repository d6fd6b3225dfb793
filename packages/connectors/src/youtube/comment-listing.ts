import { HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import type { SourceContext } from '../connector.ts'
import { countOf, fieldsOf, type Fields, idOf, itemsOf } from '../fields.ts'
import type { Listing } from '../listing/listing.ts'
import { type Dated, type ListingPage, newestFirst } from '../listing/newest-first.ts'
import { readItems } from '../parse-items.ts'
import { commentToSighting, itemToSightings } from './comment-to-sighting.ts'
import { NotShown, type YoutubeClient, type YoutubePage } from './youtube-client.ts'

/** Comments pass a filter, and some show a while after they were written. */
const REWIND_MS = 5 * MINUTE_MS
const FIRST_LOOK_BACK_MS = HOUR_MS
const MAX_PAGES = 50
/** A thread without new replies keeps its number of them; the numbers of so many are remembered. */
const MAX_THREADS = 5_000
const MAX_REPLY_PAGES = 5
const READER = { read: itemToSightings, what: 'thread of YouTube' }

type ListingOptions = {
  name: string
  of: Readonly<Record<string, string>>
  client: YoutubeClient
  context: SourceContext
}

/**
 * The threads of a channel or a video, the newest first, with their replies: of the newest hundred threads at least new
 * ones are seen at each look. A thread brings some replies; the others are asked for where their number has changed.
 */
export const commentListing = ({ name, of, client, context }: ListingOptions): Listing => {
  const { clock, source, hashAuthor } = context
  const replyCounts = new Map<string, number>()
  /** Of a walk that is not delivered yet: a page that fails half-way asks for no replies twice. */
  const counted = new Map<string, { total: number; replies: readonly Dated[] }>()

  const remember = (): void => {
    for (const [id, { total }] of counted) {
      replyCounts.delete(id)
      replyCounts.set(id, total)
      if (replyCounts.size > MAX_THREADS) replyCounts.delete(replyCounts.keys().next().value!)
    }
    counted.clear()
  }

  const repliesOf = async (id: string, videoId: string | undefined, signal: AbortSignal): Promise<Dated[]> => {
    const found: Dated[] = []
    let token: string | null = null
    for (let pages = 0; pages < MAX_REPLY_PAGES; pages += 1) {
      const page: YoutubePage = await client.replies(id, token, signal).catch(goneMeanwhile)
      const read = { source, hashAuthor, observedAt: clock.now() }
      for (const item of page.items) {
        const sighting = commentToSighting(fieldsOf(item) ?? {}, { videoId, parentId: id }, read)
        if (sighting !== null) found.push(dated(sighting))
      }
      token = page.next
      if (token === null) return found
    }
    return found
  }

  /** The replies that did not come with the thread. */
  const hiddenReplies = async (thread: Fields, signal: AbortSignal): Promise<readonly Dated[]> => {
    const snippet = fieldsOf(thread['snippet'])
    const id = idOf(fieldsOf(snippet?.['topLevelComment'])?.['id']) ?? idOf(thread['id'])
    const total = countOf(snippet?.['totalReplyCount']) ?? 0
    if (id === undefined || replyCounts.get(id) === total) return []
    const shown = itemsOf(fieldsOf(thread['replies'])?.['comments']).length
    const before = counted.get(id)
    if (before?.total === total) return before.replies
    const replies = total > shown ? await repliesOf(id, idOf(snippet?.['videoId']), signal) : []
    counted.set(id, { total, replies })
    return replies
  }

  const page = async (token: string | null, signal: AbortSignal): Promise<ListingPage> => {
    const { items, next } = await client.threads(of, token, signal)
    const read = { source, hashAuthor, observedAt: clock.now() }
    const listed: Dated[] = []
    const rejects = []
    for (const item of items) {
      const found = readItems([item], READER, read)
      rejects.push(...found.rejects)
      const [first, ...replies] = found.sightings
      listed.push(...replies.map(dated), ...(await hiddenReplies(fieldsOf(item) ?? {}, signal)))
      // Last, because its time is the one by which the list is ordered.
      if (first !== undefined) listed.push({ sighting: first, at: first.mention.eventTime })
    }
    return { items: listed, rejects, next }
  }

  const listing = newestFirst({
    name,
    clock,
    page,
    rewindMs: REWIND_MS,
    firstLookBackMs: FIRST_LOOK_BACK_MS,
    maxPages: MAX_PAGES,
  })
  return {
    name,
    look: async (look) => {
      const startedAt = clock.now()
      try {
        const looked = await listing.look(look)
        remember()
        return looked
      } catch (error) {
        if (!(error instanceof NotShown)) throw error
        return { until: startedAt, again: false, unseen: error.message }
      }
    },
  }
}

const dated = (sighting: Dated['sighting']): Dated => ({ sighting, at: sighting.mention.eventTime })

const goneMeanwhile = (error: unknown): YoutubePage => {
  if (error instanceof NotShown) return { items: [], next: null }
  throw error
}
