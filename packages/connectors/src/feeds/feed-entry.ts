import { countOf, fieldsOf, type Fields, itemsOf, textOf } from '../fields.ts'
import { feedTimeOf } from './feed-time.ts'

/** An entry as its format gives it: text as HTML, links perhaps relative to `base`. */
export type FeedEntry = {
  guid: string | undefined
  link: string | undefined
  base: string | undefined
  title: string | undefined
  /** Plain where `isPlain`, else HTML. */
  body: string | undefined
  isPlain: boolean
  author: { id: string; name: string | undefined } | undefined
  writtenAt: number | undefined
  lang: string | undefined
  tags: string[]
  replies: number | undefined
}

/** RSS 0.9x and 2.0 (rssboard.org/rss-specification). */
export const entryOfRss = (item: unknown): FeedEntry => {
  const fields = fieldsOf(item) ?? {}
  const guid = fieldsOf(fields['guid'])
  const value = textOf(guid?.['value'])?.trim()
  const isLink = value !== undefined && guid?.['isPermaLink'] !== false && /^https?:\/\//i.test(value)
  return {
    ...sharedOf(fields),
    guid: value,
    link: textOf(fields['link']) ?? (isLink ? value : undefined),
    writtenAt: feedTimeOf(fields['pubDate']) ?? sharedOf(fields).writtenAt,
    tags: itemsOf(fields['categories']).map((category) => textOf(fieldsOf(category)?.['name']) ?? ''),
  }
}

/** RSS 1.0 (web.resource.org/rss/1.0/spec). */
export const entryOfRdf = (item: unknown): FeedEntry => {
  const fields = fieldsOf(item) ?? {}
  const about = textOf(fieldsOf(fields['rdf'])?.['about'])
  return {
    ...sharedOf(fields),
    guid: about,
    link: textOf(fields['link']) ?? about,
    tags: itemsOf(fieldsOf(fields['dc'])?.['subjects']).map((subject) => textOf(subject) ?? ''),
  }
}

/** Atom (RFC 4287), and 0.3 before it; what the feed says of all of its entries is taken where they say nothing. */
export const entryOfAtom = (
  entry: unknown,
  feed: { base: string | undefined; authors: readonly unknown[] },
): FeedEntry => {
  const fields = fieldsOf(entry) ?? {}
  const links = itemsOf(fields['links']).map(fieldsOf)
  const page = links.find((link) => (textOf(link?.['rel']) ?? 'alternate') === 'alternate') ?? links[0]
  const own = fieldsOf(fields['content'])
  const content = textOf(own?.['value']) === undefined ? fieldsOf(fields['summary']) : own
  const xml = fieldsOf(fields['xml'])
  const base = textOf(xml?.['base'])
  const authors = itemsOf(fields['authors'])
  return {
    ...sharedOf(fields),
    guid: textOf(fields['id'])?.trim(),
    link: textOf(page?.['href']),
    base: base === undefined ? feed.base : absolute(base, feed.base),
    title: textOf(fieldsOf(fields['title'])?.['value']),
    body: textOf(content?.['value']) ?? mediaText(fields),
    isPlain: content?.['type'] === 'text',
    author: personOf((authors.length > 0 ? authors : feed.authors)[0]),
    writtenAt: feedTimeOf(fields['published']) ?? feedTimeOf(fields['updated']),
    lang: textOf(xml?.['lang']),
    tags: itemsOf(fields['categories']).map(
      (category) => textOf(fieldsOf(category)?.['label']) ?? textOf(fieldsOf(category)?.['term']) ?? '',
    ),
    replies: countOf(fieldsOf(fields['thr'])?.['total']),
  }
}

/** JSON Feed (jsonfeed.org/version/1.1). */
export const entryOfJson = (item: unknown, authors: readonly unknown[]): FeedEntry => {
  const fields = fieldsOf(item) ?? {}
  const html = textOf(fields['content_html'])
  const plain = textOf(fields['content_text']) ?? textOf(fields['summary'])
  return {
    guid: textOf(fields['id'])?.trim(),
    link: textOf(fields['url']) ?? textOf(fields['external_url']),
    base: undefined,
    title: textOf(fields['title']),
    body: html ?? plain,
    isPlain: html === undefined,
    author: personOf(itemsOf(fields['authors'])[0] ?? authors[0]),
    writtenAt: feedTimeOf(fields['date_published']) ?? feedTimeOf(fields['date_modified']),
    lang: textOf(fields['language']),
    tags: itemsOf(fields['tags']).map((tag) => textOf(tag) ?? ''),
    replies: undefined,
  }
}

/** The address where it can be made a whole one. */
export const absolute = (address: string, base: string | undefined): string | undefined =>
  URL.canParse(address, base) ? new URL(address, base).href : undefined

/** What the formats of XML have in common, by the namespaces that extend them. */
const sharedOf = (fields: Fields): FeedEntry => {
  const dc = fieldsOf(fields['dc'])
  const creator = textOf(itemsOf(dc?.['creators'])[0])
  const dated = [dc?.['dates'], fieldsOf(fields['dcterms'])?.['created'], fieldsOf(fields['dcterms'])?.['modified']]
  return {
    guid: undefined,
    link: undefined,
    base: undefined,
    title: textOf(fields['title']),
    body: textOf(fieldsOf(fields['content'])?.['encoded']) ?? textOf(fields['description']) ?? mediaText(fields),
    isPlain: false,
    author: creator === undefined ? personOf(itemsOf(fields['authors'])[0]) : personOf(creator),
    writtenAt: dated.map((dates) => feedTimeOf(itemsOf(dates)[0])).find((time) => time !== undefined),
    lang: textOf(itemsOf(dc?.['languages'])[0]),
    tags: [],
    replies: countOf(fieldsOf(fields['slash'])?.['comments']),
  }
}

/** The text below a video or an episode. */
const mediaText = (fields: Fields): string | undefined => {
  const media = fieldsOf(fields['media'])
  const group = fieldsOf(media?.['group']) ?? fieldsOf(itemsOf(media?.['groups'])[0]) ?? media
  return textOf(fieldsOf(group?.['description'])?.['value']) ?? textOf(fieldsOf(fields['itunes'])?.['summary'])
}

/** A name alone, or a person with a name, an address or an e-mail, which stays out of sight. */
const personOf = (value: unknown): FeedEntry['author'] => {
  const person = fieldsOf(value)
  const [written, inBrackets] = partsOf(textOf(value) ?? textOf(person?.['name']) ?? '')
  const name = [inBrackets, written].find((part) => part !== '' && !part.includes('@'))
  const address = [person?.['uri'], person?.['url'], person?.['email']].map(textOf).find((each) => each !== undefined)
  const id = address ?? (written === '' ? name : written)
  return id === undefined || id === '' ? undefined : { id: id.trim().toLowerCase(), name }
}

/** "ann@acme.com (Ann)" in its parts. */
const partsOf = (text: string): [string, string] => {
  const match = /^([^()]*)\(([^()]*)\)\s*$/.exec(text)
  return match === null ? [text.trim(), ''] : [match[1]!.trim(), match[2]!.trim()]
}
