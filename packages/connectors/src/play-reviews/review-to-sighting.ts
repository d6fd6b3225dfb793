import { MAX_TEXT_CHARS } from '@outcry/contracts'
import { countOf, fieldsOf, idOf, itemsOf, numberOf, secondsTimeOf, textOf, type Fields } from '../fields.ts'
import { makeSighting } from '../make-sighting.ts'
import type { ItemReader } from '../parse-items.ts'

export const reviewMentionId = (id: string): string => `play-reviews:review:${id}`
export const replyMentionId = (id: string): string => `${reviewMentionId(id)}:reply`

/**
 * Reads a review (developers.google.com/android-publisher/api-ref/rest/v3/reviews) and what the developer answered.
 * `packageName`: of the app, which a review does not tell.
 */
export const createReviewReader =
  (packageName?: string): ItemReader =>
  (value, context) => {
    const review = fieldsOf(value)
    const id = idOf(review?.['reviewId'])
    if (review === undefined || id === undefined) return undefined
    const url = packageName && `${STORE}?id=${packageName}&reviewId=${encodeURIComponent(id)}`
    const said = latest(review, 'userComment')
    const answered = latest(review, 'developerComment')
    const { title, text } = partsOf(textOf(said?.['originalText']) ?? textOf(said?.['text']) ?? '')
    const reply = textOf(answered?.['text'])
    if (text === '' && reply === undefined) return undefined
    const name = textOf(review['authorName'])
    const sightings = []
    if (said !== undefined && text !== '') {
      const modifiedAt = modifiedAtOf(said)
      sightings.push(
        makeSighting(
          {
            id: reviewMentionId(id),
            kind: 'review',
            text,
            title,
            rev: modifiedAt === undefined ? undefined : String(modifiedAt),
            // Google tells a name that is nobody's own; a person has one review of an app.
            author: name === undefined ? undefined : { id, handle: name },
            url,
            lang: textOf(said['reviewerLanguage']),
            rating: ratingOf(said['starRating']),
            createdAt: modifiedAt,
            engagement: { likes: countOf(said['thumbsUpCount']) },
            tags: tagsOf(said, packageName),
          },
          context,
        ),
      )
    }
    if (answered !== undefined && reply !== undefined) {
      const modifiedAt = modifiedAtOf(answered)
      sightings.push(
        makeSighting(
          {
            id: replyMentionId(id),
            kind: 'comment',
            text: reply,
            rev: modifiedAt === undefined ? undefined : String(modifiedAt),
            byBrand: true,
            parentId: reviewMentionId(id),
            url,
            createdAt: modifiedAt,
          },
          context,
        ),
      )
    }
    return sightings
  }

/** The reviews of a page, which has none of them where there are none, or the value itself. */
export const reviewsOf = (value: unknown): readonly unknown[] => {
  const page = fieldsOf(value)
  if (page === undefined || page['reviewId'] !== undefined) return [value]
  if (Array.isArray(page['reviews'])) return page['reviews']
  return Object.keys(page).every((name) => OF_A_PAGE.has(name)) ? [] : [value]
}

const OF_A_PAGE = new Set(['reviews', 'tokenPagination', 'pageInfo'])
const STORE = 'https://play.google.com/store/apps/details'

/** The last of the comments of a kind, of which a history may stand there. */
const latest = (review: Fields, kind: string): Fields | undefined =>
  itemsOf(review['comments'])
    .map((comment) => fieldsOf(fieldsOf(comment)?.[kind]))
    .filter((comment) => comment !== undefined)
    .toSorted((a, b) => (modifiedAtOf(b) ?? 0) - (modifiedAtOf(a) ?? 0))[0]

/** A title, from when reviews had one, stands before a tab. */
const partsOf = (written: string): { title?: string; text: string } => {
  const [first = '', ...rest] = written.slice(0, 2 * MAX_TEXT_CHARS).split('\t')
  const body = rest.join('\t').trim()
  if (body === '') return { text: first.trim() }
  return first.trim() === '' ? { text: body } : { title: first.trim(), text: body }
}

/** Seconds come as text, with nanoseconds beside them. */
const modifiedAtOf = (comment: Fields): number | undefined => {
  const { seconds, nanos } = fieldsOf(comment['lastModified']) ?? {}
  const at = secondsTimeOf(seconds)
  return at === undefined ? undefined : at + Math.floor((countOf(nanos) ?? 0) / 1_000_000)
}

const ratingOf = (value: unknown) => {
  const stars = numberOf(value)
  return stars === undefined || stars < 1 || stars > 5 ? undefined : { value: stars, min: 1, max: 5 }
}

const tagsOf = (said: Fields, packageName: string | undefined): string[] => {
  const device = fieldsOf(said['deviceMetadata'])
  return [
    packageName ?? '',
    textOf(said['appVersionName']) ?? '',
    textOf(device?.['productName']) ?? textOf(said['device']) ?? '',
  ]
}
