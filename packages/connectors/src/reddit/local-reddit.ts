import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { type LocalRequest, startLocalServer } from '../compliance/local-server.ts'

const MOST_SHOWN = 1_000

type Thing = { name: string; createdS: number; body: string; edited: number | false; gone: boolean }

const shown = ({ name, createdS, body, edited, gone }: Thing) => ({
  kind: 't1',
  data: {
    id: name.slice(3),
    name,
    subreddit: 'acme',
    author: gone ? '[deleted]' : `user_${name.slice(-2)}`,
    body: gone ? '[deleted]' : body,
    body_html: '',
    created_utc: createdS,
    edited,
    score: 1,
    parent_id: 't3_aaaaaa',
    link_id: 't3_aaaaaa',
    link_title: 'Outage',
    permalink: `/r/acme/comments/aaaaaa/outage/${name.slice(3)}/`,
    replies: '',
  },
})

const isAsked = ({ url }: LocalRequest) => url.pathname.startsWith('/r/') || url.pathname === '/api/info'

/**
 * The comments of one subreddit: tokens that expire, newest first, at most 100 a page and 1,000 in all, every seventh a
 * second out of order, pages that begin with what the page before had.
 */
export const startLocalReddit = async (items: number): Promise<LocalPlatform> => {
  const startS = Date.now() / 1_000 - 700
  const things = Array.from({ length: items }, (_, n): Thing => {
    const createdS = Math.floor(startS + (n * 600) / items) - (n % 7 === 3 ? 1 : 0)
    return {
      name: `t1_${(700_000 + n).toString(36)}`,
      createdS,
      body: `Order ${n} never came &amp; no refund`,
      edited: false,
      gone: false,
    }
  })
  let tokens = 0
  let asked = 0

  const answer = (request: LocalRequest) => {
    const { url, headers, method } = request
    if (url.pathname === '/token') {
      const isProven = headers.authorization === `Basic ${Buffer.from('id:secret').toString('base64')}`
      if (method !== 'POST' || !isProven || !request.body.toString().includes('client_credentials'))
        return { status: 401, body: { message: 'Unauthorized', error: 401 } }
      tokens += 1
      return { body: { access_token: `token${tokens}`, token_type: 'bearer', expires_in: 86_400, scope: '*' } }
    }
    asked += 1
    // A token may end before its time.
    if (asked % 17 === 5) tokens += 1
    if (headers.authorization !== `Bearer token${tokens}`) return { status: 401, body: { message: 'Unauthorized' } }
    const listed = (children: readonly Thing[], after: string | null) => ({
      body: { kind: 'Listing', data: { children: children.map(shown), after, before: null } },
    })
    if (url.pathname === '/api/info') {
      const names = new Set(url.searchParams.get('id')?.split(','))
      return listed(
        things.filter(({ name }) => names.has(name)),
        null,
      )
    }
    const limit = Number(url.searchParams.get('limit'))
    const after = url.searchParams.get('after')
    const newestFirst = things
      .filter(({ gone }) => !gone)
      .toReversed()
      .slice(0, MOST_SHOWN)
    const from =
      after === null
        ? 0
        : Math.max(
            0,
            newestFirst.findIndex(({ name }) => name === after),
          )
    const page = newestFirst.slice(from, from + limit)
    return listed(page, from + limit >= newestFirst.length ? null : (page.at(-1)?.name ?? null))
  }

  const server = await startLocalServer({
    answer,
    isFaulty: isAsked,
    throttled: { status: 429, headers: { 'x-ratelimit-remaining': '0.0', 'x-ratelimit-reset': '2' } },
    refusal: { status: 401, body: { message: 'Unauthorized', error: 401 } },
  })
  const idOf = ({ name }: Thing) => `reddit:t1:${name.slice(3)}`
  return {
    config: {
      clientId: 'id',
      clientSecret: 'secret',
      userAgent: 'server:example.outcry:1.0 (by /u/acme)',
      subreddits: ['acme'],
      searches: [],
      everyMs: 10_000,
      blindAfterMs: 40_000,
      endpoint: server.url,
      tokenEndpoint: `${server.url}/token`,
    },
    ids: new Set(things.map(idOf)),
    goDark: server.goDark,
    refuse: server.refuse,
    edit: () => {
      const thing = things.at(-3)!
      thing.body = 'Edit: it came'
      thing.edited = Math.floor(Date.now() / 1_000)
      return idOf(thing)
    },
    remove: () => {
      const thing = things.at(-5)!
      thing.gone = true
      return idOf(thing)
    },
    close: server.close,
  }
}
