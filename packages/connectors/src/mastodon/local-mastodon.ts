import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'

export type Post = Record<string, unknown> & { id: string; visibility: string; tags: { name: string; url?: string }[] }

const PING_MS = 100
const TOKEN = 'a token of a user'

/** A status in the shape of Mastodon 4.6. */
export const makePost = (id: string, fields: Record<string, unknown> = {}): Post => ({
  id,
  created_at: new Date(Number(BigInt(id) >> 16n)).toISOString(),
  in_reply_to_id: null,
  in_reply_to_account_id: null,
  sensitive: false,
  spoiler_text: '',
  visibility: 'public',
  language: 'en',
  uri: `https://elsewhere.example/users/ann/statuses/${id}`,
  url: `https://elsewhere.example/@ann/${id}`,
  replies_count: 0,
  reblogs_count: 0,
  favourites_count: 0,
  edited_at: null,
  content: `<p>order ${id} never came <a href="https://elsewhere.example/tags/acme" class="mention hashtag" rel="tag">#<span>acme</span></a></p>`,
  reblog: null,
  account: {
    id: '1',
    username: 'ann',
    acct: 'ann@elsewhere.example',
    created_at: '2022-08-18T00:00:00.000Z',
    followers_count: 12,
    bot: false,
  },
  media_attachments: [],
  mentions: [],
  tags: [{ name: 'acme', url: 'https://elsewhere.example/tags/acme' }],
  filtered: [],
  ...fields,
})

/** The id of the `n`th post of a millisecond. */
export const idAt = (timeMs: number, n = 0): string => String((BigInt(timeMs) << 16n) + BigInt(n))

export type LocalMastodon = Awaited<ReturnType<typeof startInstance>>

/**
 * An instance of Mastodon as documented: timelines that page by `min_id`, Link and rate limit headers, a stream for
 * users' tokens alone that keeps nothing for who is away. `fault` may answer a request in the instance's place.
 */
export const startInstance = async (
  options: {
    fault?: (request: IncomingMessage, response: ServerResponse, number: number) => boolean
    /** Who may see timelines. */
    access?: 'public' | 'authenticated' | 'remote-disabled'
    hasStream?: boolean
  } = {},
) => {
  const { access = 'public', hasStream = true } = options
  const posts = new Map<string, Post>()
  const sockets = new Set<Socket>()
  const readers = new Map<WebSocket, Set<string>>()
  const requests: string[] = []
  let dark = false
  let refuses = false
  let connections = 0
  let onSubscribe: (reader: WebSocket, connection: number) => void = () => undefined

  const page = (tag: string, query: URLSearchParams): Post[] => {
    const bound = (name: string) => (query.has(name) ? BigInt(query.get(name) ?? 0) : null)
    const [min, max] = [bound('min_id'), bound('max_id')]
    const limit = Math.min(40, Number(query.get('limit') ?? 20))
    const under = [...posts.values()]
      .filter(({ tags, visibility }) => visibility === 'public' && tags.some(({ name }) => name === tag))
      .filter(({ id }) => (min === null || BigInt(id) > min) && (max === null || BigInt(id) < max))
      .toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
    return (min === null ? under.slice(-limit) : under.slice(0, limit)).toReversed()
  }

  const server = createServer((request, response) => {
    requests.push(request.url ?? '')
    if (dark) return request.socket.destroy()
    if (refuses) return response.writeHead(401).end('{}')
    if (options.fault?.(request, response, requests.length) === true) return undefined
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://local')
    const hasToken = request.headers.authorization === `Bearer ${TOKEN}`
    const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
      response
        .writeHead(status, {
          'content-type': 'application/json',
          'x-ratelimit-limit': '300',
          'x-ratelimit-remaining': '299',
          'x-ratelimit-reset': new Date(Date.now() + 300_000).toISOString(),
          ...headers,
        })
        .end(JSON.stringify(body))
    if (pathname === '/api/v2/instance')
      return answer(200, {
        domain: 'local',
        version: '4.6.4',
        configuration: {
          urls: { streaming: `ws://${request.headers.host}` },
          timelines_access: {
            hashtag_feeds: { local: 'public', remote: access === 'remote-disabled' ? 'disabled' : access },
          },
        },
      })
    if (request.headers.authorization !== undefined && !hasToken)
      return answer(401, { error: 'The access token is invalid' })
    if (access === 'authenticated' && !hasToken)
      return answer(422, { error: 'This method requires an authenticated user' })
    const [, tag] = /^\/api\/v1\/timelines\/tag\/([^/]+)$/.exec(pathname) ?? []
    if (tag !== undefined) {
      const found = page(decodeURIComponent(tag), searchParams)
      const link = (name: string, id: string) => `<http://${request.headers.host}${pathname}?${name}=${id}>`
      const headers: Record<string, string> = {}
      if (found.length > 0)
        headers['link'] = `${link('max_id', found.at(-1)!.id)}; rel="next", ${link('min_id', found[0]!.id)}; rel="prev"`
      return answer(200, found, headers)
    }
    const post = posts.get(/^\/api\/v1\/statuses\/([^/]+)$/.exec(pathname)?.[1] ?? '')
    return post === undefined ? answer(404, { error: 'Record not found' }) : answer(200, post)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })

  const streams = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    const refuse = (status: string) => socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`)
    if (dark) return socket.destroy()
    if (refuses) return refuse('401 Unauthorized')
    if (!hasStream) return refuse('503 Service Unavailable')
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return refuse('401 Unauthorized')
    connections += 1
    const connection = connections
    return streams.handleUpgrade(request, socket, head, (reader) => {
      readers.set(reader, new Set())
      reader.on('error', () => undefined)
      reader.on('close', () => readers.delete(reader))
      reader.on('message', (data: Buffer) => {
        const said = JSON.parse(data.toString()) as { type: string; stream: string; tag: string }
        if (said.type !== 'subscribe' || said.stream !== 'hashtag') return
        readers.get(reader)?.add(said.tag)
        onSubscribe(reader, connection)
      })
    })
  })
  const pinging = setInterval(() => {
    for (const reader of readers.keys()) reader.ping()
  }, PING_MS)

  const tell = (event: string, payload: unknown, tags: readonly string[]) => {
    for (const [reader, subscribed] of readers)
      for (const tag of tags.filter((each) => subscribed.has(each)))
        reader.send(JSON.stringify({ stream: ['hashtag', tag], event, payload }))
  }
  const tagsOf = (post: Post) => post.tags.map(({ name }) => name)

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    url: `http://${host}`,
    token: TOKEN,
    posts,
    requests,
    tell,
    /** Shown by the timelines, and told to who listens unless the stream drops it. */
    publish: (post: Post, { dropped = false } = {}) => {
      posts.set(post.id, post)
      if (!dropped) tell('update', JSON.stringify(post), tagsOf(post))
    },
    edit: (id: string, fields: Record<string, unknown>) => {
      const post = { ...posts.get(id)!, ...fields }
      posts.set(id, post)
      tell('status.update', JSON.stringify(post), tagsOf(post))
    },
    remove: (id: string, { dropped = false } = {}) => {
      const post = posts.get(id)!
      posts.delete(id)
      if (!dropped) tell('delete', id, tagsOf(post))
    },
    onSubscribe: (then: typeof onSubscribe) => {
      onSubscribe = then
    },
    /** Leaves the connection open, without a word or a ping. */
    forget: (reader: WebSocket) => void readers.delete(reader),
    subscriptions: () => [...readers.values()].reduce((sum, tags) => sum + tags.size, 0),
    hangUp: () => {
      for (const reader of readers.keys()) reader.terminate()
    },
    refuse: () => {
      refuses = true
      for (const reader of readers.keys()) reader.terminate()
    },
    goDark: () => {
      dark = true
      for (const socket of sockets) socket.destroy()
    },
    close: async () => {
      clearInterval(pinging)
      for (const socket of sockets) socket.destroy()
      streams.close()
      server.close()
      await once(server, 'close')
    },
  }
}
