import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, type LocalRequest, startLocalServer } from '../compliance/local-server.ts'

const ACCOUNT = '17841400000000001'
const TOKEN = 'account-token'
const COMMENTS_PER_MEDIUM = 249

type Node = { id: string; atMs: number; text: string; medium: string | null; gone: boolean }

const graphTime = (ms: number) => new Date(ms).toISOString().replace(/\.\d{3}Z$/, '+0000')
const refused = (code: number, message: string, subcode?: number): LocalAnswer => ({
  status: 400,
  body: { error: { message, type: 'OAuthException', code, error_subcode: subcode, fbtrace_id: 'A1' } },
})

/** An account with media and 249 comments below each: 50 comments a page, counts of them, objects that are gone by code. */
export const startLocalInstagram = async (items: number): Promise<LocalPlatform> => {
  const startMs = Date.now() - 700_000
  const nodes = Array.from({ length: items }, (_, n): Node => {
    const medium = n - (n % (COMMENTS_PER_MEDIUM + 1))
    return {
      id: `${17_900_000 + n}`,
      atMs: Math.floor((startMs + (n * 600_000) / items) / 1_000) * 1_000 - (n % 7 === 3 ? 1_000 : 0),
      text: `Order ${n} never came & no refund`,
      medium: n === medium ? null : `${17_900_000 + medium}`,
      gone: false,
    }
  })
  const asked = new Set<string>()

  const shown = ({ id, atMs, text, medium }: Node) =>
    medium === null
      ? {
          id,
          caption: text,
          timestamp: graphTime(atMs),
          username: 'acme',
          permalink: `https://www.instagram.com/p/${id}/`,
          comments_count: nodes.filter((each) => each.medium === id && !each.gone).length,
        }
      : {
          id,
          text,
          timestamp: graphTime(atMs),
          username: `user_${id.slice(-2)}`,
          from: { id: `i${id.slice(-2)}`, username: `user_${id.slice(-2)}` },
          hidden: false,
          like_count: 0,
        }

  const answer = ({ url, headers }: LocalRequest): LocalAnswer => {
    if (headers.authorization !== `Bearer ${TOKEN}`) return refused(190, 'Invalid OAuth access token.')
    const [, id = '', where] = /^\/v26\.0\/(\w+)(?:\/(\w+))?$/.exec(url.pathname) ?? []
    const there = nodes.filter(({ gone }) => !gone)
    if (where === undefined) {
      asked.add(id)
      const node = there.find((each) => each.id === id)
      return node === undefined ? refused(100, 'Unsupported get request.', 33) : { body: shown(node) }
    }
    const listed = there
      .filter(({ medium }) => (where === 'media' ? medium === null : where === 'comments' && medium === id))
      .toSorted((a, b) => b.atMs - a.atMs)
    const limit = Math.min(50, Number(url.searchParams.get('limit')))
    const from = Number(url.searchParams.get('after') ?? 0)
    const next = from + limit < listed.length ? { next: 'https://graph.facebook.com/v26.0/next' } : {}
    return {
      body: {
        data: listed.slice(from, from + limit).map(shown),
        paging: { cursors: { after: String(from + limit) }, ...next },
      },
    }
  }

  const server = await startLocalServer({
    answer,
    throttled: refused(2, 'An unexpected error has occurred. Please retry your request later.'),
    refusal: { ...refused(190, 'Error validating access token: the session has expired.', 463), status: 401 },
  })
  const idOf = ({ id, medium }: Node) => `instagram:${medium === null ? 'media' : 'comment'}:${id}`
  return {
    config: {
      accountId: ACCOUNT,
      accessToken: TOKEN,
      tagged: true,
      mediaDays: 14,
      everyMs: 10_000,
      blindAfterMs: 40_000,
      endpoint: `${server.url}/v26.0`,
    },
    ids: new Set(nodes.map(idOf)),
    goDark: server.goDark,
    refuse: server.refuse,
    remove: () => {
      // One whose turn to be asked for again is soon.
      const node = nodes.filter(({ id, medium }) => medium !== null && !asked.has(id))[20]!
      node.gone = true
      return idOf(node)
    },
    close: server.close,
  }
}
