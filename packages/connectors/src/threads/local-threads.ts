import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, type LocalRequest, startLocalServer } from '../compliance/local-server.ts'

const TOKEN = 'long-lived-token'
const MOST_PER_PAGE = 100

type Post = { id: string; writtenMs: number; text: string }

const graphTime = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, '+0000')
const error = (status: number, code: number, message: string): LocalAnswer => ({
  status,
  body: { error: { message, type: 'OAuthException', code, fbtrace_id: 'x' } },
})

export type LocalThreads = LocalPlatform & {
  /** The queries that were asked. */
  asked: () => readonly URLSearchParams[]
}

/**
 * A keyword search: the newest first, every seventh a second out of order, at most 100 a page, pages that begin with what
 * the page before had, and the limit of the user told by a code.
 */
export const startLocalThreads = async (items: number): Promise<LocalThreads> => {
  const startMs = Math.floor(Date.now() / 1_000) * 1_000 - 700_000
  const posts = Array.from({ length: items }, (_, n): Post => {
    const writtenMs = startMs + Math.floor((n * 600) / items) * 1_000 - (n % 7 === 3 ? 1_000 : 0)
    return { id: String(17_900_000_000_000_000n + BigInt(n)), writtenMs, text: `Acme order ${n} never came <3` }
  })
  const asked: URLSearchParams[] = []

  const shown = ({ id, writtenMs, text }: Post) => ({
    id,
    text,
    media_type: 'TEXT_POST',
    permalink: `https://www.threads.com/@ann/post/${id.slice(-6)}`,
    timestamp: graphTime(writtenMs),
    username: `ann_${id.slice(-2)}`,
    has_replies: false,
    is_quote_post: false,
    is_reply: false,
  })

  const answer = ({ url, headers }: LocalRequest): LocalAnswer => {
    const { searchParams, pathname } = url
    if (headers.authorization !== `Bearer ${TOKEN}`) return error(400, 190, 'Error validating access token')
    if (pathname !== '/v1.0/keyword_search') return error(400, 100, 'Unsupported get request.')
    asked.push(searchParams)
    const since = Number(searchParams.get('since') ?? 0) * 1_000
    const limit = Math.min(Number(searchParams.get('limit') ?? 25), MOST_PER_PAGE)
    const from = Number(searchParams.get('after') ?? 0)
    const found = posts.filter(({ writtenMs }) => writtenMs >= since).toReversed()
    const to = from + limit
    const cursors = { before: String(from), after: String(to) }
    const next = to < found.length ? { next: `${url.origin}${pathname}?after=${to}` } : {}
    return { body: { data: found.slice(Math.max(0, from - 3), to).map(shown), paging: { cursors, ...next } } }
  }

  const server = await startLocalServer({
    answer,
    throttled: {
      ...error(400, 4, 'Application request limit reached'),
      headers: { 'x-app-usage': JSON.stringify({ call_count: 100, estimated_time_to_regain_access: 1 }) },
    },
    refusal: { status: 401, body: { error: { message: 'The session has expired.', code: 190 } } },
  })
  return {
    config: {
      accessToken: TOKEN,
      keywords: ['acme'],
      topics: [],
      queriesPerDay: 1_000_000,
      everyMs: 10_000,
      endpoint: `${server.url}/v1.0`,
      blindAfterMs: 40_000,
    },
    ids: new Set(posts.map(({ id }) => `threads:post:${id}`)),
    asked: () => asked,
    goDark: server.goDark,
    refuse: server.refuse,
    close: server.close,
  }
}
