import { createGuard, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { ParseResult, SourceContext } from '../connector.ts'
import { createHttpClient } from '../http/http-client.ts'
import { readJson } from '../http/read-json.ts'
import type { AppStoreRssConfig } from './app-store-rss-config.ts'
import { readFeed } from './read-feed.ts'

/** Apple tells no limit of the feeds. */
const LIMITS = { timeoutMs: 20 * SECOND_MS, maxBodyBytes: 8_388_608, tries: 4, requestsPerMinute: 30 }
/** The stores need no key: 403 is their way to say that too much was asked. */
const THROTTLED_MS = 30 * SECOND_MS

const isFeed = createGuard(Type.Object({ feed: Type.Object({}) }))

/** The reviews of one app in one storefront, by number of the page from 1. */
export type FeedPage = (app: string, country: string, page: number, signal: AbortSignal) => Promise<ParseResult>

/**
 * A page of reviews, newest first. The JSON form is at times empty, or without dates, where the Atom form of the same
 * page is whole; some storefronts show their first page only without a number.
 */
export const createFeedClient = (config: AppStoreRssConfig, context: SourceContext): FeedPage => {
  const { clock, random, source, hashAuthor } = context
  const http = createHttpClient({
    clock,
    random,
    limits: LIMITS,
    waitOf: ({ status }) => (status === 403 ? THROTTLED_MS : null),
  })

  const read = async (path: string, signal: AbortSignal): Promise<ParseResult> => {
    const { body } = await http.get(`${config.endpoint}${path}`, signal, { accept: '*/*' })
    const isJson = path.endsWith('json')
    if (isJson) readJson(body, isFeed, 'a feed')
    const found = readFeed(body, { source, hashAuthor, observedAt: clock.now() })
    const [unreadable] = found.rejects
    if (!isJson && found.sightings.length === 0 && unreadable !== undefined)
      throw new Error('the platform answered with something else than a feed')
    return found
  }

  return async (app, country, page, signal) => {
    const feed = `/${country}/rss/customerreviews`
    const json = await read(`${feed}/page=${page}/id=${app}/sortby=mostrecent/json`, signal)
    if (isWhole(json)) return json
    const atom = await read(`${feed}/page=${page}/id=${app}/sortby=mostrecent/xml`, signal).catch((error: unknown) => {
      if (json.sightings.length === 0) throw error
      return json
    })
    const fuller = atom.sightings.length === 0 ? json : atom
    if (page > 1 || fuller.sightings.length > 0) return fuller
    return read(`${feed}/id=${app}/sortby=mostrecent/json`, signal)
  }
}

const isWhole = ({ sightings }: ParseResult): boolean =>
  sightings.length > 0 && sightings.every(({ mention }) => mention.createdAt !== undefined)
