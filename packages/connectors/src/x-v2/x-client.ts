import { createGuard, HOUR_MS, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { SourceContext } from '../connector.ts'
import { fieldsOf, type Fields, textOf } from '../fields.ts'
import { parseJson } from '../file/parse-json-line.ts'
import { createHttpClient, type HttpAnswer } from '../http/http-client.ts'
import { PlatformError, PlatformRefusal } from '../http/platform-error.ts'
import { readJson } from '../http/read-json.ts'
import type { XConfig } from './x-config.ts'

/** 450 searches, 450 looks at the rules and 3,500 lookups in 15 minutes for an app; the least counts for all. */
const LIMITS = { timeoutMs: 30 * SECOND_MS, maxBodyBytes: 33_554_432, tries: 4, requestsPerMinute: 28 }
const LEAST_PER_PAGE = 10
const MOST_PER_PAGE = 100

/** A rule as X holds it for the app. */
export type StreamRule = { id: string; value: string; tag: string | undefined }

const isRules = createGuard(
  Type.Object({
    data: Type.Optional(
      Type.Array(
        Type.Object({
          id: Type.String(),
          value: Type.String(),
          tag: Type.Optional(Type.Union([Type.String(), Type.Null()])),
        }),
      ),
    ),
    meta: Type.Optional(Type.Object({ next_token: Type.Optional(Type.String()) })),
  }),
)
const isAnswer = (value: unknown): value is Fields => fieldsOf(value) !== undefined
const isSearchMeta = createGuard(Type.Object({ next_token: Type.String({ minLength: 1 }) }))

/** `next`: asks for the page after it, null at the end. */
export type SearchPage = { answer: Fields; next: string | null }
export type XClient = ReturnType<typeof createXClient>

/** The fields that mentions need of each post: without asking, X gives id and text. */
export const postFields = ({ expandAuthors }: Pick<XConfig, 'expandAuthors'>): Readonly<Record<string, string>> => ({
  'tweet.fields':
    'author_id,created_at,edit_history_tweet_ids,entities,lang,note_tweet,public_metrics,referenced_tweets',
  expansions: ['referenced_tweets.id', ...(expandAuthors ? ['author_id'] : [])].join(','),
  ...(expandAuthors ? { 'user.fields': 'created_at,public_metrics,username' } : {}),
})

/** How long X asks to wait where its own monthly cap is reached: its month is not the calendar's, so it is tried again. */
export const waitOfX = ({ status, body }: Pick<HttpAnswer, 'status' | 'body'>): number | null =>
  status === 429 && /usage-capped|UsageCapExceeded/.test(body.toString('latin1', 0, 4_096)) ? HOUR_MS : null

/** Without credits nothing is answered until somebody buys some. */
export const asRefusal = (error: unknown): unknown =>
  error instanceof PlatformError && error.status === 402
    ? new PlatformRefusal(402, `there are no credits left: ${error.message}`)
    : error

/** The parts of the API of X that a source asks (docs.x.com/x-api). */
export const createXClient = (config: XConfig, { clock, random }: SourceContext) => {
  const http = createHttpClient({
    clock,
    random,
    limits: LIMITS,
    credentials: { headers: async () => ({ authorization: `Bearer ${config.bearerToken}` }) },
    waitOf: waitOfX,
  })
  const addressOf = (path: string, query: Readonly<Record<string, string>>): string => {
    const url = new URL(path, config.endpoint)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    return url.href
  }
  const ask = async (path: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Buffer> => {
    try {
      return (await http.get(addressOf(path, query), signal)).body
    } catch (error) {
      throw asRefusal(error)
    }
  }

  return {
    streamUrl: (): string => addressOf('/2/tweets/search/stream', postFields(config)),

    rules: async (signal: AbortSignal): Promise<StreamRule[]> => {
      const rules: StreamRule[] = []
      let next: string | undefined
      do {
        const query = next === undefined ? {} : { pagination_token: next }
        const page = readJson(await ask('/2/tweets/search/stream/rules', query, signal), isRules, 'rules')
        rules.push(...(page.data ?? []).map(({ id, value, tag }) => ({ id, value, tag: tag ?? undefined })))
        next = page.meta?.next_token
      } while (next !== undefined)
      return rules
    },

    /** Adds or deletes rules. X says of each that it does not take why. */
    changeRules: async (change: RuleChange, signal: AbortSignal): Promise<Fields> => {
      const request = {
        method: 'POST' as const,
        url: addressOf('/2/tweets/search/stream/rules', {}),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(change),
      }
      const answer = await http.send(request, signal).catch((error: unknown) => {
        throw asRefusal(error)
      })
      return readJson(answer.body, isAnswer, 'changed rules')
    },

    /** A page of the last seven days, the newest first; `next` asks for the one after it. */
    search: async (
      asked: { query: string; fromMs: number; next: string | null; most: number },
      signal: AbortSignal,
    ): Promise<SearchPage> => {
      const query = {
        query: asked.query,
        start_time: new Date(asked.fromMs).toISOString().replace(/\.\d+Z$/, 'Z'),
        max_results: String(Math.min(Math.max(asked.most, LEAST_PER_PAGE), MOST_PER_PAGE)),
        ...postFields(config),
        ...(asked.next === null ? {} : { next_token: asked.next }),
      }
      const answer = readJson(await ask('/2/tweets/search/recent', query, signal), isAnswer, 'a page of posts')
      const { meta } = answer
      if (answer['data'] === undefined && fieldsOf(meta) === undefined)
        throw new Error(`the platform answered with something else than a page of posts`)
      return { answer, next: isSearchMeta(meta) ? meta.next_token : null }
    },

    /** Posts as they are now; what is not there is told as an error. */
    lookup: async (ids: readonly string[], signal: AbortSignal): Promise<Fields> => {
      const answer = await ask('/2/tweets', { ids: ids.join(','), ...postFields(config) }, signal)
      return readJson(answer, isAnswer, 'posts')
    },
  }
}

export type RuleChange = { add: { value: string; tag: string }[] } | { delete: { ids: string[] } }

/** The ids of posts that an answer holds, those it includes as well: each is billed. */
export const billedIn = (answer: Fields): string[] => {
  const { data, includes } = answer
  const posts = [...(Array.isArray(data) ? data : [data]), ...tweetsOf(includes)]
  return posts.flatMap((post) => textOf(fieldsOf(post)?.['id']) ?? [])
}

const tweetsOf = (includes: unknown): readonly unknown[] => {
  const tweets = fieldsOf(includes)?.['tweets']
  return Array.isArray(tweets) ? tweets : []
}

/** The answer of the stream in one line, or undefined where it is none. */
export const answerIn = (line: Uint8Array): Fields | undefined => {
  const parsed = parseJson(Buffer.from(line).toString('utf8'))
  return parsed.ok ? fieldsOf(parsed.value) : undefined
}
