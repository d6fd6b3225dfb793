import { createGuard, MINUTE_MS, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { SourceContext } from '../connector.ts'
import { fieldsOf, itemsOf, textOf } from '../fields.ts'
import { parseJson } from '../file/parse-json-line.ts'
import { createHttpClient, type HttpAnswer } from '../http/http-client.ts'
import { PlatformError, PlatformRefusal } from '../http/platform-error.ts'
import { readJson } from '../http/read-json.ts'
import { retryAfterMs } from '../http/retry-after.ts'
import type { GithubConfig } from './github-config.ts'

const LIMITS = { timeoutMs: 20 * SECOND_MS, maxBodyBytes: 33_554_432, tries: 4, requestsPerMinute: 60 }
const REFUSALS = new Set(['NOT_FOUND', 'FORBIDDEN', 'INSUFFICIENT_SCOPES'])
const NOT_THERE = new Set([404, 410])

const isPage = createGuard(Type.Array(Type.Unknown()))

/** `next`: the address of the page after it, null at the end. `unchanged`: as at the last time this address was asked. */
export type GithubPage = { items: readonly unknown[]; next: string | null; unchanged: boolean }
export type GithubClient = ReturnType<typeof createGithubClient>

/** Lists of the REST API (docs.github.com/rest). */
export const createGithubClient = (config: GithubConfig, { clock, random }: SourceContext) => {
  const http = createHttpClient({ clock, random, limits: LIMITS, waitOf })
  /** Of GitHub Enterprise Server beside "/api/v3". */
  const graphqlUrl = `${config.endpoint.replace(/(?:\/v3)?\/*$/, '')}/graphql`
  const shared = {
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    ...(config.token === undefined ? {} : { authorization: `Bearer ${config.token}` }),
  }

  return {
    urlOf: (path: string, query: Readonly<Record<string, string>>): string => {
      const url = new URL(`${config.endpoint.replace(/\/+$/, '')}${path}`)
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      return url.href
    },
    /** An answer of GraphQL, whose refusals and limits come with status 200. */
    graphql: async <T>(body: object, isShape: (value: unknown) => value is T, signal: AbortSignal): Promise<T> => {
      const headers = { ...shared, 'content-type': 'application/json' }
      const answer = await http.send({ method: 'POST', url: graphqlUrl, headers, body: JSON.stringify(body) }, signal)
      const { type, message } = firstError(answer.body)
      if (type === 'RATE_LIMITED')
        throw new PlatformError(429, retryAfterMs(429, answer.headers, clock.now()) ?? MINUTE_MS, message)
      if (type !== undefined && REFUSALS.has(type)) throw new PlatformRefusal(403, message ?? type)
      return readJson(answer.body, isShape, 'what was asked for')
    },
    page: async (
      url: string,
      etag: string | null,
      signal: AbortSignal,
    ): Promise<GithubPage & { etag: string | null }> => {
      const headers = { ...shared, ...(etag === null ? {} : { 'if-none-match': etag }) }
      const answer = await http.get(url, signal, headers).catch((error: unknown) => {
        if (error instanceof PlatformError && NOT_THERE.has(error.status))
          throw new PlatformRefusal(
            error.status,
            'the repository is not there, has no issues, or is not shown to this token',
          )
        throw error
      })
      if (answer.status === 304) return { items: [], next: null, unchanged: true, etag }
      const items = readJson(answer.body, isPage, 'a list')
      const next = nextOf(answer.headers.get('link'), url)
      return { items, next, unchanged: false, etag: answer.headers.get('etag') }
    },
  }
}

const firstError = (body: Uint8Array) => {
  const parsed = parseJson(Buffer.from(body).toString('utf8'))
  const error = parsed.ok ? fieldsOf(itemsOf(fieldsOf(parsed.value)?.['errors'])[0]) : undefined
  return { type: textOf(error?.['type']), message: textOf(error?.['message']) }
}

/** The next page of a `Link` header (RFC 8288), on the host that was asked only: the token goes with it. */
const nextOf = (link: string | null, asked: string): string | null => {
  const next = /<([^<>]+)>\s*;[^,<>]*\brel="?next"?/i.exec(link ?? '')?.[1]
  if (next === undefined || !URL.canParse(next, asked)) return null
  const url = new URL(next, asked)
  return url.origin === new URL(asked).origin ? url.href : null
}

/**
 * A limit is a 403 or 429: of the hour, with a reset header, or secondary, with `Retry-After` or in words only. The last
 * answer before a limit asks for nothing yet: the next one says how long to wait.
 */
const waitOf = ({ status, headers, body }: HttpAnswer, nowMs: number): number | null => {
  if (status < 400) return 0
  if (status !== 403 && status !== 429) return null
  const asked = retryAfterMs(status, headers, nowMs)
  const isLimit = /rate limit|abuse detection/i.test(body.subarray(0, 4_096).toString('utf8'))
  return asked ?? (isLimit ? MINUTE_MS : null)
}
