import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { type LocalRequest, startLocalServer } from '../compliance/local-server.ts'
import { discoursePost } from './discourse-post.ts'

const MOST_SHOWN = 50
const FIRST_ID = 5_000

type Post = { id: number; createdAt: string; raw: string; version: number; gone: boolean }

/** A forum whose lists begin with the id that was asked for, and that shows what is deleted nowhere. */
export const startLocalDiscourse = async (items: number): Promise<LocalPlatform> => {
  const startMs = Date.now() - 700_000
  const posts = Array.from({ length: items }, (_, n): Post => {
    // Every seventh was moved from another topic, with a new id and its old time.
    const createdAt = new Date(startMs + (n * 600_000) / items - (n % 7 === 3 ? 60_000 : 0)).toISOString()
    return { id: FIRST_ID + n, createdAt, raw: `Order ${n} never came`, version: 1, gone: false }
  })
  const shown = (post: Post) =>
    discoursePost({
      id: post.id,
      topic_id: post.id,
      post_number: 2,
      created_at: post.createdAt,
      raw: post.raw,
      cooked: `<p>${post.raw}</p>`,
      version: post.version,
    })

  const answer = ({ url }: LocalRequest) => {
    const single = /^\/posts\/(\d+)\.json$/.exec(url.pathname)
    if (single !== null) {
      const post = posts.find(({ id, gone }) => id === Number(single[1]) && !gone)
      if (post !== undefined) return { body: shown(post) }
      return {
        status: 404,
        body: { errors: ['The requested URL or resource could not be found.'], error_type: 'not_found' },
      }
    }
    if (url.pathname !== '/posts.json') return { status: 404, body: '<html>not found' }
    const before = Number(url.searchParams.get('before') ?? Number.MAX_SAFE_INTEGER)
    const page = posts
      .filter(({ id, gone }) => id <= before && !gone)
      .toReversed()
      .slice(0, MOST_SHOWN)
    return { body: { latest_posts: page.map(shown) } }
  }

  const server = await startLocalServer({
    answer,
    throttled: {
      status: 429,
      headers: { 'retry-after': '2', 'discourse-rate-limit-error-code': 'ip_60_secs_limit' },
      body: 'Slow down, too many requests from this IP address.',
    },
  })
  const idOf = ({ id }: Post) => `discourse:${new URL(server.url).host}:post:${id}`
  return {
    config: { url: server.url, categoryIds: [], everyMs: 10_000, blindAfterMs: 40_000 },
    ids: new Set(posts.map(idOf)),
    goDark: server.goDark,
    refuse: server.refuse,
    edit: () => {
      const post = posts.at(-3)!
      post.raw = 'It came after all'
      post.version += 1
      return idOf(post)
    },
    remove: () => {
      const post = posts.at(-120)!
      post.gone = true
      return idOf(post)
    },
    close: server.close,
  }
}
