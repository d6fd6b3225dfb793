import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, type LocalRequest, startLocalServer } from '../compliance/local-server.ts'

const TOKEN = 'a token of the workspace'

type Part = { id: number; createdS: number; author: { type: string; id: string; name: string }; body: string }
type Conversation = { id: number; createdS: number; updatedS: number; parts: Part[]; deletedS: number | null }

const ADMIN = { type: 'admin', id: '274', name: 'Operator' }
const customerOf = (id: number) => ({ type: id % 2 === 0 ? 'user' : 'lead', id: `5bc8${id % 50}`, name: 'Ann' })

const shown = ({ id, createdS, updatedS, parts }: Conversation) => ({
  type: 'conversation',
  id: String(id),
  created_at: createdS,
  updated_at: updatedS,
  source: {
    type: 'conversation',
    id: `4039${id}`,
    delivered_as: 'customer_initiated',
    subject: '',
    body: `<p>Order ${id} never came &amp; no refund</p>`,
    author: customerOf(id),
    redacted: false,
  },
  state: 'open',
  tags: { type: 'tag.list', tags: [] },
  statistics: { last_contact_reply_at: parts.find(({ author }) => author.type !== 'admin')?.createdS ?? null },
  conversation_rating: null,
})

const partShown = ({ id, createdS, author, body }: Part) => ({
  type: 'conversation_part',
  id: String(id),
  part_type: 'comment',
  body: `<p>${body}</p>`,
  created_at: createdS,
  updated_at: createdS,
  author,
  redacted: false,
})

/**
 * A workspace: conversations by search in the order of their changes, three of four by customers in one of their own, one
 * as a later reply, with answers of an admin between. Every fifth token of a page is no longer known.
 */
export const startLocalIntercom = async (items: number): Promise<LocalPlatform> => {
  const startS = Date.now() / 1_000 - 700
  const conversations: Conversation[] = []
  const ids = new Set<string>()
  for (let n = 0; n < items; n += 1) {
    const atS = Math.floor(startS + (n * 600) / items)
    const before = conversations.at(-1)
    if (n % 4 === 3 && before !== undefined) {
      const author = customerOf(before.id)
      before.parts.push({ id: n * 10, createdS: atS, author, body: `Still no order ${n}` })
      before.parts.push({ id: n * 10 + 1, createdS: atS, author: ADMIN, body: 'We look into it' })
      before.updatedS = atS
      ids.add(`intercom:under-test:part-${n * 10}`)
    } else {
      conversations.push({ id: 1_000 + n, createdS: atS, updatedS: atS, parts: [], deletedS: null })
      ids.add(`intercom:under-test:conversation-${1_000 + n}`)
    }
  }
  let continued = 0
  let searches = 0

  const searched = ({ body }: LocalRequest): LocalAnswer => {
    const { query, sort, pagination } = JSON.parse(body.toString()) as {
      query: { value: { field: string; operator: string; value: number }[] }
      sort: { field: string; order: string }
      pagination: { per_page: number; starting_after?: string }
    }
    const [filter] = query.value
    searches += 1
    // An admin sorts a conversation from before, which is found at another place from then on.
    if (searches < 20) conversations[searches * 20]!.updatedS = Math.floor(Date.now() / 1_000)
    if (filter?.field !== 'updated_at' || sort.field !== 'updated_at' || sort.order !== 'ascending')
      return { status: 400, body: { type: 'error.list', errors: [{ code: 'parameter_invalid', message: 'no' }] } }
    continued += pagination.starting_after === undefined ? 0 : 1
    if (pagination.starting_after !== undefined && continued % 5 === 3)
      return { status: 400, body: { type: 'error.list', errors: [{ code: 'parameter_invalid', message: 'no' }] } }
    const [afterS, afterId] =
      pagination.starting_after === undefined
        ? [filter.value, Infinity]
        : (JSON.parse(Buffer.from(pagination.starting_after, 'base64').toString()) as [number, number])
    const found = conversations
      .filter(({ deletedS }) => deletedS === null)
      .filter(({ updatedS, id }) => updatedS > afterS || (updatedS === afterS && id > afterId))
      .toSorted((a, b) => a.updatedS - b.updatedS || a.id - b.id)
    const page = found.slice(0, pagination.per_page)
    const last = page.at(-1)
    const next =
      found.length > page.length && last !== undefined
        ? { starting_after: Buffer.from(JSON.stringify([last.updatedS, last.id])).toString('base64') }
        : undefined
    const pages = { type: 'pages', per_page: pagination.per_page, ...(next === undefined ? {} : { next }) }
    return { body: { type: 'conversation.list', conversations: page.map(shown), total_count: found.length, pages } }
  }

  const answer = (request: LocalRequest): LocalAnswer => {
    const { url, headers, method } = request
    if (headers.authorization !== `Bearer ${TOKEN}` || headers['intercom-version'] === undefined)
      return { status: 401, body: { type: 'error.list', errors: [{ code: 'token_unauthorized', message: 'no' }] } }
    if (method === 'POST' && url.pathname === '/conversations/search') return searched(request)
    if (url.pathname === '/conversations/deleted') {
      const gone = conversations.filter(({ deletedS }) => deletedS !== null)
      const list = gone.map(({ id, deletedS }) => ({ type: 'conversation', id: String(id), deleted_at: deletedS }))
      return { body: { type: 'conversations.list', conversations: list, total_count: list.length } }
    }
    const one = conversations.find(({ id }) => url.pathname === `/conversations/${id}`)
    if (one === undefined) return { status: 404, body: { type: 'error.list', errors: [{ code: 'not_found' }] } }
    const parts = { type: 'conversation_part.list', conversation_parts: one.parts.map(partShown) }
    return { body: { ...shown(one), conversation_parts: parts } }
  }

  const server = await startLocalServer({
    answer,
    throttled: {
      status: 429,
      headers: { 'x-ratelimit-limit': '166', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2' },
      body: { type: 'error.list', errors: [{ code: 'rate_limit_exceeded', message: 'Exceeded rate limit' }] },
    },
    isFaulty: ({ url }) => !/^\/conversations\/\d/.test(url.pathname),
    refusal: { status: 401, body: { type: 'error.list', errors: [{ code: 'token_unauthorized', message: 'no' }] } },
  })
  return {
    config: {
      accessToken: TOKEN,
      region: 'us',
      replies: true,
      everyMs: 10_000,
      blindAfterMs: 40_000,
      endpoint: server.url,
    },
    ids,
    goDark: server.goDark,
    refuse: server.refuse,
    remove: () => {
      const conversation = conversations.at(-5)!
      conversation.deletedS = Math.floor(Date.now() / 1_000)
      return `intercom:under-test:conversation-${conversation.id}`
    },
    close: server.close,
  }
}
