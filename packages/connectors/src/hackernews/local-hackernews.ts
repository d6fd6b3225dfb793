import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { startLocalServer } from '../compliance/local-server.ts'

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

/** The search of Hacker News: newest first, at most 1,000 hits of a query, here 300, so that windows split. */
export const startLocalHackerNews = async (items: number): Promise<LocalPlatform> => {
  const startS = Math.floor(Date.now() / 1_000) - 800
  const hits = Array.from({ length: items }, (_, n) => hit(n, startS + Math.floor((n * 780) / items)))
  const server = await startLocalServer({
    answer: ({ url }) => {
      const [, from, to] =
        /created_at_i>=(\d+),created_at_i<(\d+)/.exec(url.searchParams.get('numericFilters') ?? '') ?? []
      const found = hits
        .filter((each) => each.created_at_i >= Number(from) && each.created_at_i < Number(to))
        .toReversed()
      return { body: { hits: found.slice(0, 300), nbHits: found.length, nbPages: 1, page: 0 } }
    },
  })
  return {
    config: { endpoint: `${server.url}/search_by_date`, everyMs: 10_000, blindAfterMs: 40_000 },
    ids: new Set(hits.map(({ objectID }) => `hackernews:item:${objectID}`)),
    goDark: server.goDark,
    refuse: server.refuse,
    close: server.close,
  }
}
