import { MINUTE_MS } from '@outcry/contracts'
import { parseFeed } from 'feedsmith'
import { countOf, fieldsOf, type Fields, itemsOf, textOf } from '../fields.ts'
import { parseJson } from '../file/parse-json-line.ts'
import { decodeBytes } from './decode-bytes.ts'
import { entryOfAtom, entryOfJson, entryOfRdf, entryOfRss, type FeedEntry } from './feed-entry.ts'

/** `link`: the page it is the feed of. `restMs`: how long it asks to be left alone, null where it does not. */
export type Feed = { link: string | undefined; lang: string | undefined; restMs: number | null; entries: FeedEntry[] }
export type FeedRead = { ok: true; feed: Feed } | { ok: false; reason: string }

const WEB_PAGE = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b/i
/** A document of one entry. */
const LONE_ENTRY = /^\s*(?:<\?xml[^>]*\?>\s*)?(?=<(entry|item)\b)/i
/** Its entities are expanded by nobody, and its addresses asked for by nobody. */
const DOCUMENT_TYPE = /<!doctype[^>[]*(?:\[[^\]]*\])?[^>]*>/i
const JSON_FEED = 'https://jsonfeed.org/version/1.1'

/** Reads RSS 0.9x, 1.0 and 2.0, Atom and JSON Feed, also a single entry of them. Entities of a document type are not expanded. */
export const readFeed = (bytes: Uint8Array, contentType?: string): FeedRead => {
  const text = decodeBytes(bytes, contentType).trim()
  if (text === '') return { ok: false, reason: 'it is empty' }
  if (WEB_PAGE.test(text)) return { ok: false, reason: 'it is a web page, no feed' }
  try {
    const { format, feed } = parseFeed(/^[[{]/.test(text) ? jsonFeedOf(text) : wholeXml(text))
    return { ok: true, feed: readers[format](feed) }
  } catch {
    return { ok: false, reason: 'it is no RSS, Atom or JSON Feed' }
  }
}

const wholeXml = (text: string): string => {
  const bare = text.replace(DOCUMENT_TYPE, '')
  const alone = LONE_ENTRY.exec(bare)
  if (alone === null) return bare
  const entry = bare.slice(alone[0].length)
  return alone[1]!.toLowerCase() === 'entry'
    ? `<feed xmlns="http://www.w3.org/2005/Atom">${entry}</feed>`
    : `<rss version="2.0"><channel>${entry}</channel></rss>`
}

/** Also of items alone, and of a feed that does not say which version it is. */
const jsonFeedOf = (text: string): unknown => {
  const parsed = parseJson(text)
  const value = parsed.ok ? parsed.value : undefined
  if (Array.isArray(value)) return { version: JSON_FEED, items: value }
  const feed = fieldsOf(value)
  if (feed === undefined || Array.isArray(feed['items'])) return { ...feed, version: JSON_FEED }
  const isItem = ['content_html', 'content_text', 'date_published'].some((name) => feed[name] !== undefined)
  return isItem ? { version: JSON_FEED, items: [feed] } : {}
}

const readers: Readonly<Record<'rss' | 'rdf' | 'atom' | 'json', (feed: Fields) => Feed>> = {
  rss: (feed) => ({
    link: textOf(feed['link']),
    lang: textOf(feed['language']),
    restMs: restOf(feed),
    entries: itemsOf(feed['items']).map(entryOfRss),
  }),
  rdf: (feed) => ({
    link: textOf(feed['link']) ?? textOf(fieldsOf(feed['rdf'])?.['about']),
    lang: textOf(itemsOf(fieldsOf(feed['dc'])?.['languages'])[0]),
    restMs: restOf(feed),
    entries: itemsOf(feed['items']).map(entryOfRdf),
  }),
  atom: (feed) => {
    const xml = fieldsOf(feed['xml'])
    const base = textOf(xml?.['base'])
    const authors = itemsOf(feed['authors'])
    const entries = itemsOf(feed['entries']).map((entry) => entryOfAtom(entry, { base, authors }))
    return { link: pageOf(feed['links']), lang: textOf(xml?.['lang']), restMs: restOf(feed), entries }
  },
  json: (feed) => ({
    link: textOf(feed['home_page_url']),
    lang: textOf(feed['language']),
    restMs: null,
    entries: itemsOf(feed['items']).map((item) => entryOfJson(item, itemsOf(feed['authors']))),
  }),
}

const pageOf = (links: unknown): string | undefined => {
  const page = itemsOf(links)
    .map(fieldsOf)
    .find((link) => (textOf(link?.['rel']) ?? 'alternate') === 'alternate')
  return textOf(page?.['href'])
}

/** `ttl` of RSS 2.0. */
const restOf = (feed: Fields): number | null => {
  const minutes = countOf(feed['ttl'])
  return minutes === undefined ? null : minutes * MINUTE_MS
}
