import { createGuard, MINUTE_MS, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { SourceContext } from '../connector.ts'
import { countOf, fieldsOf, textOf } from '../fields.ts'
import { parseJson } from '../file/parse-json-line.ts'
import { createHttpClient, type HttpAnswer } from '../http/http-client.ts'
import { PlatformError, PlatformRefusal } from '../http/platform-error.ts'
import { readJson } from '../http/read-json.ts'
import type { StackExchangeConfig } from './stack-exchange-config.ts'

const LIMITS = { timeoutMs: 20 * SECOND_MS, maxBodyBytes: 33_554_432, tries: 4, requestsPerMinute: 30 }
export const MOST_PER_PAGE = 100

/** What the default filter leaves out of questions, answers and comments. */
const INCLUDED = [
  'question.body',
  'question.answers',
  'question.comments',
  'answer.body',
  'answer.comments',
  'answer.link',
  'comment.body',
  'comment.link',
  'post.body',
  'post.title',
  'post.comments',
]

const isPage = createGuard(Type.Object({ items: Type.Array(Type.Unknown()), has_more: Type.Optional(Type.Boolean()) }))
const isFilter = createGuard(
  Type.Object({ items: Type.Array(Type.Object({ filter: Type.String() }), { minItems: 1 }) }),
)

export type StackExchangePage = { items: readonly unknown[]; hasMore: boolean }
export type StackExchangeClient = ReturnType<typeof createStackExchangeClient>

/** The API of Stack Exchange (api.stackexchange.com/docs). It throttles each method by itself: so does each client here. */
export const createStackExchangeClient = (config: StackExchangeConfig, { clock, random }: SourceContext) => {
  const httpOf = () => createHttpClient({ clock, random, limits: LIMITS, waitOf })
  const http = { filters: httpOf(), search: httpOf(), posts: httpOf() }
  let filter: string | null = null
  let making: Promise<string> | null = null

  const ask = async (method: keyof typeof http, path: string, query: Record<string, string>, signal: AbortSignal) => {
    const url = new URL(`${config.endpoint.replace(/\/+$/, '')}${path}`)
    const key = config.key === undefined ? {} : { key: config.key }
    for (const [name, value] of Object.entries({ ...query, ...key })) url.searchParams.set(name, value)
    const { body } = await http[method].get(url.href, signal).catch((error: unknown) => {
      // What is wrong with a request, its key or its site does not pass.
      if (error instanceof PlatformError && error.status === 400 && error.retryAfterMs === null)
        throw new PlatformRefusal(400, error.message)
      throw error
    })
    return body
  }

  const makeFilter = async (signal: AbortSignal): Promise<string> => {
    const query = { base: 'default', include: INCLUDED.join(';'), unsafe: 'false' }
    const body = await ask('filters', '/filters/create', query, signal)
    filter = readJson(body, isFilter, 'a filter').items[0]!.filter
    return filter
  }

  /** Filters do not expire, and the same fields give the same one: made once. */
  const filterFor = (signal: AbortSignal): string | Promise<string> => {
    if (filter !== null) return filter
    making ??= makeFilter(signal).finally(() => {
      making = null
    })
    return making
  }

  const page = async (
    method: keyof typeof http,
    path: string,
    query: Record<string, string>,
    signal: AbortSignal,
  ): Promise<StackExchangePage> => {
    const shared = { site: config.site, filter: await filterFor(signal), pagesize: String(MOST_PER_PAGE) }
    const body = await ask(method, path, { ...shared, ...query }, signal)
    const { items, has_more: hasMore = false } = readJson(body, isPage, 'a page of items')
    return { items, hasMore }
  }

  return {
    /** Questions with their answers and comments, by their last activity, the oldest first. */
    questions: (query: Record<string, string>, signal: AbortSignal): Promise<StackExchangePage> =>
      page('search', '/search/advanced', { sort: 'activity', order: 'asc', ...query }, signal),
    /** Questions and answers by id, at most 100; those that are gone are left out. */
    posts: (ids: readonly string[], signal: AbortSignal): Promise<StackExchangePage> =>
      page('posts', `/posts/${ids.join(';')}`, {}, signal),
  }
}

const THROTTLE_VIOLATION = 502
const FAILURES = new Set([500, 503])

/** Waits are told in the body: `backoff` of an answer, or the words of an error, whose status is 400. Milliseconds. */
const waitOf = ({ status, body }: HttpAnswer): number | null => {
  const parsed = parseJson(body.toString('utf8'))
  const said = parsed.ok ? fieldsOf(parsed.value) : undefined
  const errorId = countOf(said?.['error_id'])
  if (errorId === undefined) {
    const backoffS = countOf(said?.['backoff']) ?? 0
    return status < 400 && backoffS > 0 ? backoffS * SECOND_MS : null
  }
  if (FAILURES.has(errorId)) return MINUTE_MS
  if (errorId !== THROTTLE_VIOLATION) return null
  const asked = /(\d{1,6}) seconds?/.exec(textOf(said?.['error_message']) ?? '')
  return asked === null ? MINUTE_MS : Number(asked[1]) * SECOND_MS
}
