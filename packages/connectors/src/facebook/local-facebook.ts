import { createHmac } from 'node:crypto'
import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, type LocalRequest, startLocalServer } from '../compliance/local-server.ts'

const PAGE = '1001'
const TOKEN = 'page-token'
const SECRET = 'app-secret'
const COMMENTS_PER_POST = 249
const PROOF = createHmac('sha256', SECRET).update(TOKEN).digest('hex')

const USAGE = { [PAGE]: [{ type: 'pages', call_count: 100, estimated_time_to_regain_access: 1 }] }

type Node = { id: string; atMs: number; message: string; post: string | null; gone: boolean }

const graphTime = (ms: number) => new Date(ms).toISOString().replace(/\.\d{3}Z$/, '+0000')
const refused = (code: number, message: string, subcode?: number): LocalAnswer => ({
  status: 400,
  body: { error: { message, type: 'OAuthException', code, error_subcode: subcode, fbtrace_id: 'A1' } },
})

const limited: LocalAnswer = {
  ...refused(80_001, 'There have been too many calls to this Page account.'),
  headers: { 'x-business-use-case-usage': JSON.stringify(USAGE) },
}

/**
 * A Page with posts of its own and of visitors and 249 comments below each: cursors that hide in the address of the next
 * page, objects that are gone by code, limits by code with the minutes to wait, use in percent.
 */
export const startLocalFacebook = async (items: number): Promise<LocalPlatform> => {
  const startMs = Date.now() - 700_000
  const nodes = Array.from({ length: items }, (_, n): Node => {
    const post = n - (n % (COMMENTS_PER_POST + 1))
    const atMs = Math.floor((startMs + (n * 600_000) / items) / 1_000) * 1_000 - (n % 7 === 3 ? 1_000 : 0)
    const isPost = n === post
    return {
      id: isPost ? `${PAGE}_${5_000 + n}` : `${5_000 + post}_${9_000 + n}`,
      atMs,
      message: `Order ${n} never came & no refund`,
      post: isPost ? null : `${PAGE}_${5_000 + post}`,
      gone: false,
    }
  })
  const changedMs = new Map<string, number>()
  const asked = new Set<string>()
  let requests = 0

  const shown = ({ id, atMs, message, post }: Node) => ({
    id,
    message,
    created_time: graphTime(atMs),
    from: { id: `u${id.slice(-2)}`, name: `User ${id.slice(-2)}` },
    ...(post === null
      ? { updated_time: graphTime(changedMs.get(id) ?? atMs), permalink_url: `https://www.facebook.com/${id}` }
      : { like_count: 0, comment_count: 0, is_hidden: false }),
  })

  const answer = ({ url, headers }: LocalRequest): LocalAnswer => {
    if (headers.authorization !== `Bearer ${TOKEN}`) return refused(190, 'Invalid OAuth access token.')
    if (url.searchParams.get('appsecret_proof') !== PROOF) return refused(100, 'Invalid appsecret_proof')
    requests += 1
    if (requests === 9) return limited
    const [, id = '', where] = /^\/v26\.0\/(\w+)(?:\/(\w+))?$/.exec(url.pathname) ?? []
    const there = nodes.filter(({ gone }) => !gone)
    if (where === undefined) {
      asked.add(id)
      const node = there.find((each) => each.id === id)
      return node === undefined ? refused(100, 'Unsupported get request.', 33) : { body: shown(node) }
    }
    const listed = there
      .filter(({ post }) => (where === 'feed' ? post === null : where === 'comments' && post === id))
      .toSorted((a, b) => b.atMs - a.atMs)
    const limit = Math.min(100, Number(url.searchParams.get('limit')))
    const from = Number(Buffer.from(url.searchParams.get('after') ?? '', 'base64').toString())
    const after = Buffer.from(String(from + limit)).toString('base64')
    const next = from + limit < listed.length ? { next: `https://graph.facebook.com/v26.0/${id}?after=${after}` } : {}
    return {
      headers: { 'x-app-usage': JSON.stringify({ call_count: 77, total_cputime: 1, total_time: 2 }) },
      body: {
        data: listed.slice(from, from + limit).map(shown),
        paging: { cursors: { before: 'x', after }, ...next },
      },
    }
  }

  const server = await startLocalServer({
    answer,
    throttled: refused(2, 'An unexpected error has occurred. Please retry your request later.'),
    refusal: { ...refused(190, 'Error validating access token: the session has expired.', 463), status: 401 },
  })
  const idOf = ({ id, post }: Node) => `facebook:${post === null ? 'post' : 'comment'}:${id}`
  return {
    config: {
      pageId: PAGE,
      pageToken: TOKEN,
      appSecret: SECRET,
      tagged: true,
      ratings: true,
      postDays: 14,
      everyMs: 10_000,
      blindAfterMs: 40_000,
      endpoint: `${server.url}/v26.0`,
    },
    ids: new Set(nodes.map(idOf)),
    goDark: server.goDark,
    refuse: server.refuse,
    edit: () => {
      const comment = nodes.at(-3)!
      comment.message = 'Edit: it came'
      changedMs.set(comment.post!, Date.now())
      return idOf(comment)
    },
    remove: () => {
      // One whose turn to be asked for again is soon.
      const node = nodes.filter(({ id, post }) => post !== null && !asked.has(id))[20]!
      node.gone = true
      return idOf(node)
    },
    close: server.close,
  }
}
