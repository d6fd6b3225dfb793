import type { ParseContext, Sighting } from '../connector.ts'
import { countOf, fieldsOf, idOf, isoTimeOf, itemsOf, numberOf, textOf, type Fields } from '../fields.ts'
import { makeSighting } from '../make-sighting.ts'
import type { ItemReader } from '../parse-items.ts'

/** The API writes times of documents without a zone; all are UTC. */
const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?$/
/** What a webhook says of reviews: `service-review-created`, `product-review-deleted`. */
const REVIEW_EVENT = /^(service|product)-review-(created|updated|deleted)$/
const HIDDEN = new Set(['archived', 'deleted', 'unpublished', 'rejected'])

/**
 * A review as the API shows it (documentation-apidocumentation.trustpilot.com), or one event of a webhook, and what the
 * company replied. Revisions are hashes of what was written: a webhook does not tell when a review was changed.
 */
export const reviewToSightings: ItemReader = (value, context) => {
  const fields = fieldsOf(value)
  const event = textOf(fields?.['eventName'])
  if (fields === undefined) return undefined
  if (event === undefined) return reviewSightings(fields, isOfProduct(fields), context)
  const known = REVIEW_EVENT.exec(event)
  const review = fieldsOf(fields['eventData'])
  // Other events are about replies, invitations and what is still to come.
  if (known === null) return []
  if (review === undefined) return undefined
  const ofProduct = known[1] === 'product'
  return known[2] === 'deleted'
    ? tombstone(review, ofProduct, context)
    : reviewSightings(review, ofProduct, context, known[2] === 'updated')
}

/** The reviews of a page, the events of a webhook, or the value itself. */
export const reviewsOf = (value: unknown): readonly unknown[] => {
  const envelope = fieldsOf(value)
  for (const name of ['events', 'reviews', 'productReviews', 'importedProductReviews'])
    if (Array.isArray(envelope?.[name])) return itemsOf(envelope[name])
  return [value]
}

export const reviewId = (id: string, ofProduct: boolean): string =>
  `trustpilot:${ofProduct ? 'product-review' : 'review'}:${id}`

const tombstone = (review: Fields, ofProduct: boolean, context: ParseContext): Sighting[] | undefined => {
  const id = idOf(review['id'])
  if (id === undefined) return undefined
  return [makeSighting({ id: reviewId(id, ofProduct), kind: 'review', text: '', isDeleted: true }, context)]
}

const reviewSightings = (
  review: Fields,
  ofProduct: boolean,
  context: ParseContext,
  isUpdated = false,
): Sighting[] | undefined => {
  const id = idOf(review['id'])
  const text = textOf(review['text']) ?? textOf(review['content'])
  const title = textOf(review['title'])
  const value = numberOf(review['stars']) ?? numberOf(review['rating'])
  if (id === undefined) return undefined
  if (HIDDEN.has(textOf(review['status']) ?? textOf(review['state']) ?? ''))
    return tombstone(review, ofProduct, context)
  if (text === undefined && title === undefined) return undefined
  const dates = fieldsOf(review['dates'])
  const createdAt = timeOf(review['createdAt'] ?? dates?.['publishedDate'])
  const updatedAt = timeOf(review['updatedAt'] ?? dates?.['updatedDate'])
  const reply = fieldsOf(review['companyReply']) ?? fieldsOf(review['reply'])
  const sighting = makeSighting(
    {
      id: reviewId(id, ofProduct),
      kind: 'review',
      text: text ?? title ?? '',
      title: text === undefined ? undefined : title,
      isEdited: isUpdated || (updatedAt !== undefined && createdAt !== undefined && updatedAt > createdAt),
      author: consumerOf(fieldsOf(review['consumer'])),
      url: ofProduct ? undefined : `https://www.trustpilot.com/reviews/${encodeURIComponent(id)}`,
      lang: textOf(review['language']),
      rating: value === undefined || value < 1 || value > 5 ? undefined : { value, min: 1, max: 5 },
      createdAt,
      engagement: { likes: countOf(review['numberOfLikes'] ?? review['likes']) },
      tags: tagsOf(review),
    },
    context,
  )
  return [sighting, ...replySightings(reply, sighting, context)]
}

const replySightings = (reply: Fields | undefined, { mention }: Sighting, context: ParseContext): Sighting[] => {
  const text = textOf(reply?.['text']) ?? textOf(reply?.['message'])
  if (reply === undefined || text === undefined) return []
  const createdAt = timeOf(reply['createdAt'] ?? reply['publishedDate'])
  const updatedAt = timeOf(reply['updatedAt'] ?? reply['updatedDate'])
  return [
    makeSighting(
      {
        id: `${mention.id}:reply`,
        kind: 'comment',
        text,
        isEdited: updatedAt !== undefined && updatedAt !== createdAt,
        byBrand: true,
        parentId: mention.id,
        url: mention.url,
        createdAt,
      },
      context,
    ),
  ]
}

/** The API calls the name `displayName`, a webhook `name`. */
const consumerOf = (consumer: Fields | undefined) => {
  const id = idOf(consumer?.['id'])
  if (consumer === undefined || id === undefined) return undefined
  return { id, handle: textOf(consumer['displayName']) ?? textOf(consumer['name']) }
}

const tagsOf = (review: Fields): string[] => [
  ...itemsOf(review['tags']).map((tag) => textOf(fieldsOf(tag)?.['value']) ?? ''),
  textOf(fieldsOf(review['location'])?.['name']) ?? '',
  textOf(fieldsOf(review['product'])?.['name']) ?? '',
]

const isOfProduct = (review: Fields): boolean =>
  fieldsOf(review['product']) !== undefined || (review['text'] === undefined && typeof review['content'] === 'string')

const timeOf = (value: unknown): number | undefined =>
  isoTimeOf(typeof value === 'string' && WITHOUT_ZONE.test(value) ? `${value}Z` : value)
