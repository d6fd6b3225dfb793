import type { ParseContext, Sighting } from '../connector.ts'
import { fieldsOf, idOf, isoTimeOf, textOf, type Fields } from '../fields.ts'
import { makeSighting } from '../make-sighting.ts'
import type { ItemReader } from '../parse-items.ts'
import { originalText } from './original-text.ts'

const STARS = ['ONE', 'TWO', 'THREE', 'FOUR', 'FIVE']
const NAME = /^accounts\/[^/]+\/locations\/([^/]+)\/reviews\/([^/]+)$/
const NOT_SHOWN = new Set(['PENDING', 'REJECTED'])

export const reviewMentionId = (id: string): string => `google-business:review:${id}`
export const replyMentionId = (id: string): string => `${reviewMentionId(id)}:reply`

/**
 * Reads a review (developers.google.com/my-business/reference/rest/v4/accounts.locations.reviews) and what its owner
 * answered. Stars without a text are a mention without a text: they complain as well.
 */
export const reviewToSightings: ItemReader = (value, context) => {
  const review = fieldsOf(value)
  if (review === undefined) return undefined
  if (isNotice(review)) return []
  const [, location, lastOfName] = NAME.exec(textOf(review['name']) ?? '') ?? []
  const id = idOf(review['reviewId']) ?? idOf(lastOfName)
  const stars = STARS.indexOf(textOf(review['starRating']) ?? '') + 1
  const comment = textOf(review['comment'])
  if (id === undefined || (stars === 0 && comment === undefined)) return undefined
  const reviewer = fieldsOf(review['reviewer'])
  const name = reviewer?.['isAnonymous'] === true ? undefined : textOf(reviewer?.['displayName'])
  const createdAt = isoTimeOf(review['createTime'])
  const updatedAt = isoTimeOf(review['updateTime'])
  return [
    makeSighting(
      {
        id: reviewMentionId(id),
        kind: 'review',
        text: originalText(comment ?? ''),
        rev: revisionOf(updatedAt ?? createdAt),
        isEdited: createdAt !== undefined && updatedAt !== undefined && updatedAt > createdAt,
        // Google tells a name that is nobody's own; a person has one review of a place.
        author: name === undefined ? undefined : { id, handle: name },
        rating: stars === 0 ? undefined : { value: stars, min: 1, max: 5 },
        createdAt: createdAt ?? updatedAt,
        tags: [location ?? ''],
      },
      context,
    ),
    ...replySightings(fieldsOf(review['reviewReply']), id, context),
  ]
}

/** The reviews of a page of one location or of several, or the value itself. */
export const reviewsOf = (value: unknown): readonly unknown[] => {
  const page = fieldsOf(value)
  if (page === undefined) return [value]
  if (Array.isArray(page['reviews'])) return page['reviews']
  if (Array.isArray(page['locationReviews']))
    return page['locationReviews'].map((each: unknown) => {
      const { name, review } = fieldsOf(each) ?? {}
      return { name, ...fieldsOf(review) }
    })
  return Object.keys(page).every((name) => OF_A_PAGE.has(name)) ? [] : [value]
}

const OF_A_PAGE = new Set(['reviews', 'locationReviews', 'averageRating', 'totalReviewCount', 'nextPageToken'])

/** What Pub/Sub pushes, and what its data holds, names a review and does not show it. */
const isNotice = (value: Fields): boolean =>
  typeof fieldsOf(value['message'])?.['data'] === 'string' ||
  (value['reviewId'] === undefined && typeof value['reviewName'] === 'string')

const replySightings = (reply: Fields | undefined, id: string, context: ParseContext): Sighting[] => {
  const text = textOf(reply?.['comment'])
  if (text === undefined || NOT_SHOWN.has(textOf(reply?.['reviewReplyState']) ?? '')) return []
  const updatedAt = isoTimeOf(reply?.['updateTime'])
  return [
    makeSighting(
      {
        id: replyMentionId(id),
        kind: 'comment',
        text: originalText(text),
        rev: revisionOf(updatedAt),
        byBrand: true,
        parentId: reviewMentionId(id),
        createdAt: updatedAt,
      },
      context,
    ),
  ]
}

const revisionOf = (at: number | undefined): string | undefined => (at === undefined ? undefined : String(at))
