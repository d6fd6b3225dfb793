import { PassThrough } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, type LocalRequest, startLocalServer } from '../compliance/local-server.ts'

const TOKEN = 'bearer-token'
const ID_EPOCH_MS = 1_288_834_974_657
/** The last so many are written once somebody has opened the stream. */
const LIVE = 100
const DROP_AFTER = 40

type Post = { id: string; first: string; createdMs: number; text: string; gone: boolean }
type Rule = { id: string; value: string; tag?: string }

const idAt = (ms: number, n: number): string => String((BigInt(ms - ID_EPOCH_MS) << 22n) + BigInt(n))

/** Every fifth came as a repost of the same post, every ninth was quoted; all have authors. */
const answerWith = (posts: readonly Post[]) => ({
  data: posts.map(({ id, first, createdMs, text }, n) => ({
    id,
    text: n % 5 === 4 ? `RT @acme: ${text.slice(0, 8)}…` : text,
    author_id: String(1_000 + n),
    created_at: new Date(createdMs).toISOString(),
    edit_history_tweet_ids: first === id ? [id] : [first, id],
    lang: 'en',
    public_metrics: { retweet_count: 1, reply_count: 2, like_count: 3, quote_count: 0 },
    ...(n % 5 === 4 ? { referenced_tweets: [{ type: 'retweeted', id: '1500000000000000000' }] } : {}),
  })),
  includes: {
    users: posts.map((_, n) => ({ id: String(1_000 + n), name: 'Ann', username: `ann${n}` })),
    tweets: [{ id: '1500000000000000000', text: 'All orders are late', author_id: '7', edit_history_tweet_ids: [] }],
  },
})

export type LocalX = LocalPlatform & {
  rules: () => readonly Rule[]
  /** How often posts were asked for. */
  asked: () => number
  /** Answers 503 to who wants the stream, and writes what is left to come no more. */
  closeStream: () => void
}

/**
 * The app of one customer of X: rules, a stream that beats and breaks off after every 40 posts and sends some twice and
 * out of order, a search over what was written, newest first, 100 a page, and lookups that tell what is gone.
 */
export const startLocalX = async (items: number): Promise<LocalX> => {
  const startMs = Date.now() - 700_000
  const written = (n: number): Post => {
    const createdMs = Math.floor(startMs + (n * 600_000) / items) - (n % 7 === 3 ? 1_000 : 0)
    const id = idAt(createdMs, n)
    return { id, first: id, createdMs, text: `Order ${n} never came &amp; no refund`, gone: false }
  }
  const posts = Array.from({ length: items - LIVE }, (_, n) => written(n))
  const toCome = Array.from({ length: LIVE }, (_, n) => written(items - LIVE + n))
  const ids = new Set([...posts, ...toCome].map(({ first }) => `x-v2:post:${first}`))
  let rules: Rule[] = [
    { id: '1', value: 'cats', tag: 'somebody else' },
    { id: '2', value: 'old rule', tag: 'outcry:under-test' },
  ]
  const streams = new Set<PassThrough>()
  let streaming = false
  let closed = false
  let asked = 0

  const toAll = (text: string): void => {
    for (const stream of streams) stream.write(text)
  }
  const lineOf = (post: Post, ruleId: string): string =>
    `${JSON.stringify({ ...answerWith([post]), data: answerWith([post]).data[0], matching_rules: [{ id: ruleId }] })}\r\n`

  const live = async (): Promise<void> => {
    for (let sent = 1; toCome.length > 0; sent += 1) {
      const post = toCome.shift()!
      posts.push(post)
      const ours = rules.find(({ value }) => value === 'acme')?.id ?? ''
      toAll(sent % 6 === 2 ? lineOf(post, ours).repeat(2) : lineOf(post, ours))
      if (sent % 10 === 3) toAll(lineOf({ ...post, id: `9${sent}`, first: `9${sent}` }, '1'))
      if (sent % DROP_AFTER === 0)
        toAll(
          `${JSON.stringify({ errors: [{ title: 'operational-disconnect', detail: 'This stream has been disconnected.' }] })}\r\n`,
        )
      if (sent % DROP_AFTER === 0) for (const stream of streams) stream.end()
      await sleep(1)
    }
  }

  const openStream = (): LocalAnswer => {
    const stream = new PassThrough()
    streams.add(stream)
    const beat = setInterval(() => stream.write('\r\n'), 100)
    stream.once('close', () => {
      clearInterval(beat)
      streams.delete(stream)
    })
    stream.write('\r\n')
    if (!streaming) void live()
    streaming = true
    return { body: stream }
  }

  const changeRules = ({ body }: LocalRequest): LocalAnswer => {
    const change = JSON.parse(body.toString()) as { add?: Omit<Rule, 'id'>[]; delete?: { ids: string[] } }
    if (change.delete !== undefined) {
      rules = rules.filter(({ id }) => change.delete?.ids.includes(id) !== true)
      return { body: { meta: { summary: { deleted: change.delete.ids.length, not_deleted: 0 } } } }
    }
    const isValid = ({ value }: Omit<Rule, 'id'>) => !value.endsWith(':')
    const added = (change.add ?? []).filter((each) => isValid(each) && rules.every((rule) => rule.value !== each.value))
    rules = [...rules, ...added.map((rule, n) => ({ ...rule, id: String(100 + rules.length + n) }))]
    const errors = (change.add ?? [])
      .filter((each) => !isValid(each))
      .map(({ value }) => ({ value, title: 'UnprocessableEntity', details: ['Reference to invalid operator'] }))
    return { status: 201, body: { data: rules.slice(-added.length), ...(errors.length > 0 ? { errors } : {}) } }
  }

  const search = (query: URLSearchParams): LocalAnswer => {
    if (query.get('query')?.includes('near:') === true) return { status: 400, body: { title: 'Invalid Request' } }
    const since = Date.parse(query.get('start_time') ?? '')
    const from = Number(query.get('next_token') ?? 0)
    const most = Number(query.get('max_results'))
    const found = posts.filter(({ createdMs, gone }) => createdMs >= since && !gone).toReversed()
    // What is written while somebody turns pages moves them: the page after begins a little before.
    const page = found.slice(Math.max(0, from - 3), from + most)
    if (page.length === 0) return { body: { meta: { result_count: 0 } } }
    const next = from + most < found.length ? { next_token: String(from + most) } : {}
    return { body: { ...answerWith(page), meta: { result_count: page.length, ...next } } }
  }

  const lookup = (query: URLSearchParams): LocalAnswer => {
    const asked = query.get('ids')?.split(',') ?? []
    const found = posts.filter(({ id, gone }) => asked.includes(id) && !gone)
    const missing = asked.filter((id) => found.every((post) => post.id !== id))
    const errors = missing.map((value) => ({
      value,
      resource_id: value,
      resource_type: 'tweet',
      parameter: 'ids',
      title: 'Not Found Error',
      detail: `Could not find tweet with ids: [${value}].`,
      type: 'https://api.twitter.com/2/problems/resource-not-found',
    }))
    return { body: { ...(found.length > 0 ? answerWith(found) : {}), ...(errors.length > 0 ? { errors } : {}) } }
  }

  const answer = (request: LocalRequest): LocalAnswer => {
    const { url, headers, method } = request
    if (headers.authorization !== `Bearer ${TOKEN}`)
      return { status: 401, body: { title: 'Unauthorized', status: 401 } }
    if (!url.pathname.endsWith('/rules')) asked += 1
    switch (url.pathname) {
      case '/2/tweets/search/stream':
        return closed ? { status: 503, body: { title: 'Service Unavailable', status: 503 } } : openStream()
      case '/2/tweets/search/stream/rules':
        return method === 'POST' ? changeRules(request) : { body: { data: rules, meta: { sent: '' } } }
      case '/2/tweets/search/recent':
        return search(url.searchParams)
      default:
        return lookup(url.searchParams)
    }
  }

  const server = await startLocalServer({
    answer,
    throttled: {
      status: 429,
      headers: { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(Math.ceil(Date.now() / 1_000)) },
      body: { title: 'Too Many Requests', status: 429, type: 'about:blank' },
    },
    refusal: { status: 401, body: { title: 'Unauthorized', status: 401, detail: 'Unauthorized' } },
  })
  const cut = (): void => {
    for (const stream of streams) stream.destroy(new Error('cut'))
  }
  const ofUs = (): string => rules.find(({ value }) => value === 'acme')?.id ?? ''

  return {
    config: {
      bearerToken: TOKEN,
      rules: ['acme'],
      maxPostsPerMonth: 2_000_000,
      recheckPostsPerDay: 200,
      expandAuthors: true,
      everyMs: 10_000,
      blindAfterMs: 40_000,
      endpoint: server.url,
    },
    ids,
    rules: () => rules,
    asked: () => asked,
    closeStream: () => {
      closed = true
    },
    goDark: () => {
      server.goDark()
      cut()
    },
    refuse: () => {
      server.refuse()
      cut()
    },
    edit: () => {
      const post = posts.at(-3)!
      const edited = { ...post, id: idAt(Date.now(), 1), text: 'Edit: it came' }
      posts.push(edited)
      toAll(lineOf(edited, ofUs()))
      return `x-v2:post:${post.first}`
    },
    remove: () => {
      const post = posts.at(-5)!
      post.gone = true
      return `x-v2:post:${post.first}`
    },
    close: async () => {
      cut()
      await server.close()
    },
  }
}
