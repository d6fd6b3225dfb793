import { createGuard, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { SourceContext } from '../connector.ts'
import { fieldsOf, itemsOf, textOf } from '../fields.ts'
import { parseJson } from '../file/parse-json-line.ts'
import { createHttpClient, type HttpAnswer } from '../http/http-client.ts'
import { PlatformError, PlatformRefusal } from '../http/platform-error.ts'
import { readJson } from '../http/read-json.ts'
import { nextPacificMidnight } from './pacific-day.ts'
import type { YoutubeConfig } from './youtube-config.ts'

const LIMITS = { timeoutMs: 20 * SECOND_MS, maxBodyBytes: 16_777_216, tries: 4, requestsPerMinute: 300 }
const MOST_PER_PAGE = '100'
const PLAIN = { part: 'snippet', textFormat: 'plainText' }
const LIMIT_REST_MS = 10 * SECOND_MS
const OF_THE_DAY = new Set(['quotaExceeded', 'dailyLimitExceeded'])
const OF_THE_MINUTE = new Set(['rateLimitExceeded', 'userRateLimitExceeded'])
const KEY_IS_NONE = new Set(['keyInvalid', 'API_KEY_INVALID', 'keyExpired'])
/** What one channel or video says of itself. */
const NOT_SHOWN: Readonly<Record<string, string>> = {
  commentsDisabled: 'comments are switched off',
  videoNotFound: 'the video is not there',
  channelNotFound: 'the channel is not there',
  commentNotFound: 'the comment is not there',
  forbidden: 'it is private',
}

const isList = createGuard(
  Type.Object({
    items: Type.Array(Type.Unknown()),
    nextPageToken: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
  }),
)

/** One channel or video cannot be read, whatever becomes of the others. */
export class NotShown extends PlatformError {
  constructor(status: number, why: string) {
    super(status, null)
    this.message = why
    this.name = 'NotShown'
  }
}

export type YoutubePage = { items: readonly unknown[]; next: string | null }
export type YoutubeClient = ReturnType<typeof createYoutubeClient>

/**
 * The parts of the YouTube Data API v3 (developers.google.com/youtube/v3/docs) that a source asks. Each request is a
 * unit of the quota of the Pacific day, also one that is refused.
 */
export const createYoutubeClient = (config: YoutubeConfig, { clock, random }: SourceContext) => {
  const http = createHttpClient({ clock, random, limits: LIMITS, waitOf, errorOf })
  let renewsAt = nextPacificMidnight(clock.now())
  let units = 0

  const spend = (): void => {
    if (clock.now() >= renewsAt) {
      renewsAt = nextPacificMidnight(clock.now())
      units = 0
    }
    if (units >= config.unitsPerDay)
      throw new PlatformError(429, renewsAt - clock.now(), `not asked: the ${units} units of unitsPerDay are used`)
    units += 1
  }

  const list = async (
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<YoutubePage> => {
    spend()
    const url = new URL(`/youtube/v3/${path}`, config.endpoint)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const { body } = await http.get(url.href, signal, { 'x-goog-api-key': config.apiKey })
    const { items, nextPageToken } = readJson(body, isList, 'a list')
    return { items, next: nextPageToken ?? null }
  }

  const page = (token: string | null): Readonly<Record<string, string>> => ({
    maxResults: MOST_PER_PAGE,
    ...(token === null ? {} : { pageToken: token }),
  })

  return {
    /** The newest threads first, of a channel (`allThreadsRelatedToChannelId`) or a video (`videoId`). */
    threads: (of: Readonly<Record<string, string>>, token: string | null, signal: AbortSignal): Promise<YoutubePage> =>
      list('commentThreads', { ...PLAIN, part: 'snippet,replies', order: 'time', ...of, ...page(token) }, signal),
    replies: (parentId: string, token: string | null, signal: AbortSignal): Promise<YoutubePage> =>
      list('comments', { ...PLAIN, parentId, ...page(token) }, signal),
    comments: (ids: readonly string[], signal: AbortSignal): Promise<YoutubePage> =>
      list('comments', { ...PLAIN, id: ids.join(',') }, signal),
    /** Asks for what is always there, to see whether the key is taken. */
    ping: (signal: AbortSignal): Promise<YoutubePage> => list('i18nLanguages', { part: 'snippet' }, signal),
  }
}

/** Reasons of a refusal: of errors, and of their details. */
const reasonsOf = ({ body }: HttpAnswer): string[] => {
  const parsed = parseJson(body.toString('utf8'))
  const error = parsed.ok ? fieldsOf(fieldsOf(parsed.value)?.['error']) : undefined
  return [...itemsOf(error?.['errors']), ...itemsOf(error?.['details'])].flatMap(
    (each) => textOf(fieldsOf(each)?.['reason']) ?? [],
  )
}

const waitOf = (answer: HttpAnswer, nowMs: number): number | null => {
  if (answer.status !== 403 && answer.status !== 429) return null
  const reasons = reasonsOf(answer)
  if (reasons.some((reason) => OF_THE_DAY.has(reason))) return nextPacificMidnight(nowMs) - nowMs
  return reasons.some((reason) => OF_THE_MINUTE.has(reason)) ? LIMIT_REST_MS : null
}

const errorOf = (answer: HttpAnswer, waitMs: number | null): PlatformError | null => {
  if (waitMs !== null) return null
  const reasons = reasonsOf(answer)
  if (reasons.some((reason) => KEY_IS_NONE.has(reason)))
    return new PlatformRefusal(answer.status, 'the API key is not valid')
  const known = reasons.find((reason) => Object.hasOwn(NOT_SHOWN, reason))
  return known === undefined ? null : new NotShown(answer.status, NOT_SHOWN[known]!)
}
