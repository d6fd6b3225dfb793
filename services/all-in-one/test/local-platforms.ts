import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { WebSocketServer } from 'ws'

/** What one person wrote, epoch ms. */
export type Post = { text: string; author: string; at: number }

/** A platform that shows what is posted on it; `source` reads it. In the dark it answers nobody. */
export type LocalPlatform = {
  source: object
  post: (...posts: readonly Post[]) => void
  setDark: (dark: boolean) => void
}

const listen = async (onRequest: RequestListener) => {
  let isDark = false
  const server = createServer((request, response) => (isDark ? request.socket.destroy() : onRequest(request, response)))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const setDark = (dark: boolean) => {
    isDark = dark
    if (dark) server.closeAllConnections()
  }
  return { server, setDark, host: `127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** A Jetstream server without a past, that also tells something about nobody's brand every second. */
export const startBluesky = async (): Promise<LocalPlatform> => {
  const { server, host, setDark } = await listen((_request, response) => response.writeHead(404).end())
  const sockets = new WebSocketServer({ server })
  let told = 0
  const post = (...posts: readonly Post[]) => {
    for (const { text, author, at } of posts) {
      told += 1
      const record = { $type: 'app.bsky.feed.post', createdAt: new Date(at).toISOString(), langs: ['en'], text }
      const place = { operation: 'create', collection: 'app.bsky.feed.post', rkey: `post${told}`, rev: `rev${told}` }
      const event = { did: `did:plc:${author}`, time_us: at * 1_000, kind: 'commit', commit: { ...place, record } }
      for (const socket of sockets.clients) socket.send(JSON.stringify(event))
    }
  }
  const talk = setInterval(() => post({ text: 'good morning', author: 'bo', at: Date.now() }), 1_000)
  onTestFinished(() => clearInterval(talk))
  return {
    source: { connector: 'bluesky-jetstream', name: 'bluesky', endpoints: [`ws://${host}/subscribe`] },
    post,
    setDark,
  }
}

/** An instance of Mastodon that shows posts under one hashtag. */
export const startMastodon = async (tag: string): Promise<LocalPlatform> => {
  const statuses: (Record<string, unknown> & { id: string })[] = []
  const { host, setDark } = await listen((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://local')
    const [min, max] = ['min_id', 'max_id'].map((name) => searchParams.get(name))
    const shown = statuses.filter(({ id }) => (!min || BigInt(id) > BigInt(min)) && (!max || BigInt(id) < BigInt(max)))
    const body = pathname.startsWith('/api/v1/timelines/tag/') ? shown.toReversed() : { domain: 'local' }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  const post = (...posts: readonly Post[]) => {
    for (const { text, author, at } of posts)
      statuses.push({
        id: String((BigInt(at) << 16n) + BigInt(statuses.length)),
        created_at: new Date(at).toISOString(),
        uri: `https://elsewhere.example/${author}`,
        url: `https://elsewhere.example/@${author}/1`,
        visibility: 'public',
        language: 'en',
        content: `<p>${text} <a href="https://elsewhere.example/tags/${tag}">#<span>${tag}</span></a></p>`,
        account: { id: author, acct: `${author}@elsewhere.example`, followers_count: 5 },
        tags: [{ name: tag }],
      })
    statuses.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
  }
  const instances = [{ url: `http://${host}` }]
  return { source: { connector: 'mastodon', name: 'mastodon', tags: [tag], instances, everyMs: 10_000 }, post, setDark }
}

/** The search of Hacker News, over comments. */
export const startHackerNews = async (): Promise<LocalPlatform> => {
  const comments: (Record<string, unknown> & { created_at_i: number })[] = []
  const { host, setDark } = await listen((request, response) => {
    const bounds = new URL(request.url ?? '/', 'http://local').searchParams.get('numericFilters') ?? ''
    const [, from = '0', to = '0'] = /created_at_i>=(\d+),created_at_i<(\d+)/.exec(bounds) ?? []
    const hits = comments.filter(({ created_at_i: at }) => at >= Number(from) && at < Number(to))
    response.end(JSON.stringify({ hits, nbHits: hits.length }))
  })
  const post = (...posts: readonly Post[]) => {
    for (const { text, author, at } of posts)
      comments.push({
        created_at_i: Math.floor(at / 1_000),
        objectID: String(40_000_000 + comments.length),
        author,
        comment_text: text,
        parent_id: 39_000_000,
      })
  }
  return {
    source: { connector: 'hackernews', name: 'hackernews', endpoint: `http://${host}/search`, everyMs: 10_000 },
    post,
    setDark,
  }
}
