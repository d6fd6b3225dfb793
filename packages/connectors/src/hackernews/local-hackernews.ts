import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LocalPlatform } from '../compliance/compliance-suite.ts'

const hit = (number: number, atS: number) => ({
  objectID: String(40_000_000 + number),
  created_at: new Date(atS * 1_000).toISOString(),
  created_at_i: atS,
  author: `user${number % 50}`,
  comment_text: `Order ${number} never came&#x2F;arrived.<p>Refund?`,
  story_id: 39_000_000,
  story_title: 'Ask HN',
  parent_id: 39_000_000,
  _tags: ['comment', `author_user${number % 50}`],
  _highlightResult: {},
})

/**
 * The search of Hacker News with everything the real one does: at most 1,000 hits of a query (here 300, so that windows
 * split), newest first, 429 with Retry-After, bursts of 5xx, pages that are no JSON, connections that die.
 */
export const startLocalHackerNews = async (items: number): Promise<LocalPlatform> => {
  const startS = Math.floor(Date.now() / 1_000) - 800
  const hits = Array.from({ length: items }, (_, n) => hit(n, startS + Math.floor((n * 780) / items)))
  let requests = 0
  let dark = false
  let refuses = false
  const server = createServer((request, response) => {
    requests += 1
    if (dark) return request.socket.destroy()
    if (refuses) return response.writeHead(401).end()
    const fault = requests % 9
    if (fault === 2) return request.socket.destroy()
    if (fault === 4) return response.writeHead(429, { 'retry-after': '1' }).end()
    if (fault === 6) return response.writeHead(502).end('<html>bad gateway')
    if (fault === 8) return response.writeHead(200).end('<html>we will be back')
    const filters = new URL(request.url ?? '/', 'http://local').searchParams.get('numericFilters') ?? ''
    const [, from, to] = /created_at_i>=(\d+),created_at_i<(\d+)/.exec(filters) ?? []
    const found = hits
      .filter((each) => each.created_at_i >= Number(from) && each.created_at_i < Number(to))
      .toReversed()
    response.writeHead(200, { 'content-type': 'application/json' })
    return response.end(JSON.stringify({ hits: found.slice(0, 300), nbHits: found.length, nbPages: 1, page: 0 }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    config: {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/search_by_date`,
      everyMs: 10_000,
      blindAfterMs: 40_000,
    },
    ids: new Set(hits.map(({ objectID }) => `hackernews:item:${objectID}`)),
    goDark: () => {
      dark = true
    },
    refuse: () => {
      refuses = true
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
