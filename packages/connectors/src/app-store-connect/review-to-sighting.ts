import type { ParseContext, Sighting } from '../connector.ts'
import { fieldsOf, idOf, isoTimeOf, itemsOf, numberOf, textOf, type Fields } from '../fields.ts'
import { makeSighting } from '../make-sighting.ts'
import type { ItemReader } from '../parse-items.ts'

const REVIEWS = 'customerReviews'
const RESPONSES = 'customerReviewResponses'

export const reviewMentionId = (id: string): string => `app-store-connect:review:${id}`

/** One resource of an answer (JSON:API): a review, or what the developer answered to one. */
export const resourceToSightings: ItemReader = (value, context) => {
  const resource = fieldsOf(value)
  const type = textOf(resource?.['type'])
  if (resource === undefined || (type === undefined && resource['attributes'] === undefined)) return undefined
  if (type === RESPONSES) return responseSightings(resource, relatedId(resource, 'review'), context)
  if (type !== undefined && type !== REVIEWS) return []
  const id = idOf(resource['id'])
  const attributes = fieldsOf(resource['attributes'])
  const body = textOf(attributes?.['body'])
  const title = textOf(attributes?.['title'])
  const stars = numberOf(attributes?.['rating'])
  if (id === undefined || (body === undefined && title === undefined)) return undefined
  const nickname = textOf(attributes?.['reviewerNickname'])
  return [
    makeSighting(
      {
        id: reviewMentionId(id),
        kind: 'review',
        text: body ?? title ?? '',
        title: body === undefined ? undefined : title,
        // Nicknames are one person's in all of the App Store; there is nothing else.
        author: nickname === undefined ? undefined : { id: nickname, handle: nickname },
        rating: stars === undefined || stars < 1 || stars > 5 ? undefined : { value: stars, min: 1, max: 5 },
        createdAt: isoTimeOf(attributes?.['createdDate']),
        tags: [textOf(attributes?.['territory']) ?? ''],
      },
      context,
    ),
    ...responseSightings(fieldsOf(resource[ANSWER]), id, context),
  ]
}

/** Where `resourcesOf` puts the answer to a review. */
const ANSWER = 'included response'

/** The resources of a document, each review with the answer that came beside it, or the value itself. */
export const resourcesOf = (value: unknown): readonly unknown[] => {
  const document = fieldsOf(value)
  if (document === undefined || document['data'] === undefined) return [value]
  const data = Array.isArray(document['data']) ? document['data'] : [document['data']]
  const responses = itemsOf(document['included'])
    .map(fieldsOf)
    .filter((each) => each !== undefined)
  return data
    .filter((each) => each !== null)
    .map((each: unknown) => {
      const review = fieldsOf(each)
      const response = review && responseOf(review, responses)
      return response === undefined ? each : { ...review, [ANSWER]: response }
    })
}

const responseOf = (review: Fields, responses: readonly Fields[]): Fields | undefined => {
  const [id, responseId] = [idOf(review['id']), relatedId(review, 'response')]
  return responses.find(
    (each) =>
      each['type'] === RESPONSES &&
      ((responseId !== undefined && idOf(each['id']) === responseId) ||
        (id !== undefined && relatedId(each, 'review') === id)),
  )
}

/** One that waits to be published is not public yet. */
const responseSightings = (
  response: Fields | undefined,
  reviewId: string | undefined,
  context: ParseContext,
): Sighting[] => {
  const attributes = fieldsOf(response?.['attributes'])
  const id = idOf(response?.['id'])
  const text = textOf(attributes?.['responseBody'])
  if (id === undefined || text === undefined || attributes?.['state'] === 'PENDING_PUBLISH') return []
  return [
    makeSighting(
      {
        id: `app-store-connect:response:${id}`,
        kind: 'comment',
        text,
        byBrand: true,
        parentId: reviewId === undefined ? undefined : reviewMentionId(reviewId),
        createdAt: isoTimeOf(attributes?.['lastModifiedDate']),
      },
      context,
    ),
  ]
}

const relatedId = (resource: Fields, name: string): string | undefined => {
  const related = fieldsOf(fieldsOf(resource['relationships'])?.[name])
  return idOf(fieldsOf(related?.['data'])?.['id'])
}
