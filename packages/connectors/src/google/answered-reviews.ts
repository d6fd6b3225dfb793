import { HOUR_MS } from '@outcry/contracts'
import type { ParseContext, ParseResult, SourceContext } from '../connector.ts'
import type { Listing } from '../listing/listing.ts'
import { newestFirst } from '../listing/newest-first.ts'
import { createRecheck, oneByOne } from '../listing/recheck.ts'
import { makeSighting } from '../make-sighting.ts'
import { readItems, type ItemReader } from '../parse-items.ts'

/** What a platform of reviews is asked, each with what its owner answered. */
type ReviewClient = {
  page(next: string | null, signal: AbortSignal): Promise<{ reviews: readonly unknown[]; next: string | null }>
  /** Null: it is no longer there. */
  review(id: string, signal: AbortSignal): Promise<unknown>
}

type AnsweredReviewsOptions = {
  /** Of the place, and of its listing. */
  name: string
  client: ReviewClient
  reader: { read: ItemReader; what: string }
  /** Ids of a review and of its answer, by the platform's own; `keyOf` is the way back, of a review only. */
  mentionIds: { review(id: string): string; reply(id: string): string; keyOf(mentionId: string): string | undefined }
  /** Time by which the platform orders the listing, epoch ms, where that is not the time of the review. */
  orderedBy?: (review: unknown) => number | undefined
  walk: { maxPages: number; rewindMs: number; firstLookBackMs: number }
  /** `forMs`: how long after it was written a review is asked for again. */
  recheck: { askedAtOnce: number; mostKept: number; forMs: number }
}

/** The listing of a place's reviews with their answers, and the one that asks for each again, since deletions are not told. */
export const answeredReviews = (
  options: AnsweredReviewsOptions,
  { clock, source, hashAuthor }: SourceContext,
): { listing: Listing; again: Listing; following: (listing: Listing) => Listing } => {
  const { name, client, reader, mentionIds, orderedBy } = options
  const parseContext = (): ParseContext => ({ source, hashAuthor, observedAt: clock.now() })

  const askOne = async (id: string, signal: AbortSignal): Promise<ParseResult> => {
    const review = await client.review(id, signal)
    if (review !== null) return readItems([review], reader, parseContext())
    const gone = { text: '', isDeleted: true }
    const sightings = [
      makeSighting({ ...gone, id: mentionIds.review(id), kind: 'review' }, parseContext()),
      makeSighting({ ...gone, id: mentionIds.reply(id), kind: 'comment' }, parseContext()),
    ]
    return { sightings, rejects: [] }
  }

  const recheck = createRecheck({
    ...options.recheck,
    clock,
    keyOf: (mentionId) => mentionIds.keyOf(mentionId),
    ask: oneByOne(askOne, (signal) => client.page(null, signal)),
  })

  const listing = newestFirst({
    ...options.walk,
    name,
    clock,
    nextHoldsMs: HOUR_MS,
    page: async (token, signal) => {
      const { reviews, next } = await client.page(token, signal)
      const read = reviews.map((review) => ({
        ...readItems([review], reader, parseContext()),
        orderedAt: orderedBy?.(review),
      }))
      return {
        // What was answered stands where its review stands.
        items: read.flatMap(({ sightings, orderedAt }) =>
          sightings.map((sighting) => ({ sighting, at: orderedAt ?? sightings[0]!.mention.eventTime })),
        ),
        rejects: read.flatMap(({ rejects }) => rejects),
        next,
      }
    },
  })

  return {
    listing,
    again: { ...recheck.listing, name: `edits of ${name}` },
    following: (each) => recheck.following(each),
  }
}
