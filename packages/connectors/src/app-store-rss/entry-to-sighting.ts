import { fieldsOf, idOf, isoTimeOf, itemsOf, numberOf, textOf, type Fields } from '../fields.ts'
import { htmlToText } from '../html-to-text.ts'
import { makeSighting } from '../make-sighting.ts'
import type { ItemReader } from '../parse-items.ts'

/** Only the entry of the app itself, which some feeds begin with, has these. */
const OF_THE_APP = ['im:name', 'im:artist', 'im:price', 'im:bundleId', 'im:releaseDate']
const COUNTRY = /^https?:\/\/(?:itunes|apps)\.apple\.com\/([a-z]{2})\//

/** One review of a feed of customer reviews, in the shape of its JSON form. */
export const entryToSightings: ItemReader = (value, context) => {
  const entry = fieldsOf(value)
  if (entry === undefined) return undefined
  const rating = ratingOf(entry['im:rating'])
  if (rating === undefined && OF_THE_APP.some((name) => entry[name] !== undefined)) return []
  const id = reviewIdOf(entry['id'])
  const title = labelOf(entry['title'])
  const body = bodyOf(entry['content'])
  if (id === undefined || (rating === undefined && body === undefined)) return undefined
  const author = fieldsOf(entry['author'])
  const name = labelOf(author?.['name'])
  const authorUrl = labelOf(author?.['uri']) ?? ''
  const authorId = /\/id(\d{1,20})/.exec(authorUrl)?.[1] ?? name
  const updatedAt = isoTimeOf(labelOf(entry['updated']))
  const url = linkOf(entry['link'])
  const country = [authorUrl, url ?? ''].map((each) => COUNTRY.exec(each)?.[1]).find((each) => each !== undefined)
  return [
    makeSighting(
      {
        id: `app-store-rss:review:${id}`,
        kind: 'review',
        text: body ?? title ?? '',
        title: body === undefined ? undefined : title,
        // An edited review keeps its id and is dated anew.
        rev: updatedAt === undefined ? undefined : String(updatedAt),
        author: authorId === undefined ? undefined : { id: authorId, handle: name },
        url,
        rating,
        createdAt: updatedAt,
        engagement: { votes: votesOf(entry['im:voteSum']) },
        tags: [country ?? '', labelOf(entry['im:version']) ?? ''],
      },
      context,
    ),
  ]
}

/** The entries of a feed, of which one may stand without an array, or the value itself. */
export const entriesOf = (value: unknown): readonly unknown[] => {
  const feed = fieldsOf(fieldsOf(value)?.['feed'])
  if (feed === undefined) return [value]
  const { entry } = feed
  return Array.isArray(entry) ? entry : entry === undefined || entry === null ? [] : [entry]
}

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value)

const labelOf = (value: unknown): string | undefined => {
  const first = firstOf(value)
  return textOf(first) ?? textOf(fieldsOf(first)?.['label'])
}

/** The Atom form has the text plain and once more as HTML, with title and links. */
const bodyOf = (content: unknown): string | undefined => {
  const forms = Array.isArray(content) ? itemsOf(content) : [content]
  const isHtml = (form: unknown) => fieldsOf(fieldsOf(form)?.['attributes'])?.['type'] === 'html'
  const plain = forms.filter((form) => !isHtml(form)).map(labelOf)
  const html = forms.filter(isHtml).map((form) => labelOf(form))
  return plain.find((each) => each !== undefined) ?? html.map((each) => each && htmlToText(each)).find(Boolean)
}

/** Digits, in some feeds at the end of an address. */
const reviewIdOf = (value: unknown): string | undefined => {
  const id = idOf(firstOf(value)) ?? idOf(fieldsOf(firstOf(value))?.['label'])
  return id === undefined ? undefined : (/(?:reviewId=|^)(\d{1,20})$/.exec(id)?.[1] ?? id)
}

const ratingOf = (value: unknown) => {
  const stars = numberOf(firstOf(value)) ?? numberOf(fieldsOf(firstOf(value))?.['label'])
  return stars !== undefined && stars >= 1 && stars <= 5 ? { value: stars, min: 1, max: 5 } : undefined
}

const votesOf = (value: unknown): number | undefined => {
  const votes = numberOf(fieldsOf(firstOf(value))?.['label'] ?? firstOf(value))
  return votes !== undefined && Number.isSafeInteger(votes) ? votes : undefined
}

const linkOf = (value: unknown): string | undefined => {
  const link: Fields | undefined = fieldsOf(firstOf(value))
  return textOf(fieldsOf(link?.['attributes'])?.['href'])
}
