import type { LocalPlatform } from '../src/compliance/compliance-suite.ts'
import { type LocalAnswer, type LocalRequest, startLocalServer } from '../src/compliance/local-server.ts'

const PER_PAGE = 100
const TOKEN = 'a token of the board'

type Post = { number: number; atMs: number; text: string; version: number; deleted: boolean }

export const boardPost = ({ number, atMs, text, version, deleted }: Post) => ({
  id: number,
  title: `Order ${number}`,
  body_html: deleted ? null : `<p>${text}</p>`,
  created_at: new Date(atMs).toISOString(),
  version,
  deleted,
  author: { id: `u${number % 50}`, name: `user_${number % 50}` },
  url: `https://board.example/posts/${number}`,
  likes: number % 3,
})

const idOf = ({ number }: Post) => `template:post:${number}`

/** The board as its documents say: newest first, pages that overlap, every seventh post a second out of order. */
export const startLocalTemplate = async (items: number): Promise<LocalPlatform> => {
  const startMs = Date.now() - 700_000
  const posts = Array.from({ length: items }, (_, n): Post => ({
    number: 1_000 + n,
    atMs: startMs + Math.floor((n * 600_000) / items) - (n % 7 === 3 ? 1_000 : 0),
    text: `Order ${n} never came &amp; no refund`,
    version: 1,
    deleted: false,
  }))

  const answer = ({ url, headers }: LocalRequest): LocalAnswer => {
    if (headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, body: { error: 'unauthorized' } }
    if (url.pathname !== '/api/posts') return { status: 404, body: { error: 'not found' } }
    const newestFirst = posts.toReversed()
    const from = Number(url.searchParams.get('after') ?? 0)
    const page = newestFirst.slice(Math.max(0, from - 1), from + PER_PAGE)
    const next = from + PER_PAGE < newestFirst.length ? String(from + PER_PAGE) : null
    return { body: { posts: page.map(boardPost), next } }
  }

  const server = await startLocalServer({ answer })
  return {
    config: { endpoint: server.url, token: TOKEN, everyMs: 10_000, blindAfterMs: 40_000 },
    ids: new Set(posts.map(idOf)),
    goDark: server.goDark,
    refuse: server.refuse,
    edit: () => {
      const post = posts.at(-3)!
      Object.assign(post, { text: 'Edit: it came', version: 2 })
      return idOf(post)
    },
    remove: () => {
      const post = posts.at(-5)!
      post.deleted = true
      return idOf(post)
    },
    close: server.close,
  }
}
