import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, type LocalRequest, startLocalServer } from '../compliance/local-server.ts'

const KEY = 'an api key'
const SIGN_IN = `Basic ${Buffer.from(`${KEY}:X`).toString('base64')}`
const AGENT = 6_010_396_333

type Reply = { id: number; atMs: number; by: number; body: string }
type Ticket = {
  id: number
  createdMs: number
  changedMs: number
  description: string
  deleted: boolean
  replies: Reply[]
}

const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`
const requesterOf = (id: number): number => 43_026_449_000 + (id % 50)

const ticketShown = (ticket: Ticket, include: readonly string[]) => {
  const { id, createdMs, changedMs, description, deleted, replies } = ticket
  const responded = replies.findLast(({ by }) => by !== AGENT)?.atMs
  return {
    cc_emails: [],
    spam: false,
    id,
    source: 2,
    status: 2,
    subject: `Order ${id}`,
    requester_id: requesterOf(id),
    responder_id: AGENT,
    created_at: iso(createdMs),
    updated_at: iso(changedMs),
    tags: ['orders'],
    ...(deleted ? { deleted: true } : {}),
    ...(include.includes('description')
      ? { description: `<div>${description}</div>`, description_text: description }
      : {}),
    ...(include.includes('stats')
      ? { stats: { requester_responded_at: responded === undefined ? null : iso(responded) } }
      : {}),
  }
}

const replyShown = ({ id, atMs, by, body }: Reply, ticketId: number) => ({
  body: `<div>${body}</div>`,
  body_text: body,
  id,
  incoming: by !== AGENT,
  private: false,
  user_id: by,
  source: 0,
  ticket_id: ticketId,
  created_at: iso(atMs),
  updated_at: iso(atMs),
})

/**
 * An account: tickets in pages of at most 100 by the time of their change, which move up when one changes; three of four
 * items begin a ticket, one is a later reply, with answers of an agent between.
 */
export const startLocalFreshdesk = async (items: number): Promise<LocalPlatform> => {
  const startMs = Date.now() - 700_000
  const tickets: Ticket[] = []
  const ids = new Set<string>()
  for (let n = 0; n < items; n += 1) {
    const atMs = startMs + Math.floor((n * 600_000) / items)
    const text = `Order ${n} never came, no refund`
    const before = tickets.at(-1)
    if (n % 4 === 3 && before !== undefined) {
      before.replies.push({ id: n * 10, atMs, by: requesterOf(before.id), body: `${text}!` })
      before.replies.push({ id: n * 10 + 1, atMs, by: AGENT, body: 'We look into it' })
      before.changedMs = atMs
      ids.add(`freshdesk:acme:reply-${n * 10}`)
    } else {
      tickets.push({ id: 1_000 + n, createdMs: atMs, changedMs: atMs, description: text, deleted: false, replies: [] })
      ids.add(`freshdesk:acme:ticket-${1_000 + n}`)
    }
  }
  let lists = 0

  const listed = ({ url }: LocalRequest): LocalAnswer => {
    const query = url.searchParams
    const page = Number(query.get('page'))
    const perPage = Number(query.get('per_page'))
    if (query.get('order_by') !== 'updated_at' || query.get('order_type') !== 'asc' || page > 300 || perPage > 100)
      return { status: 400, body: { description: 'Validation failed', errors: [] } }
    lists += 1
    // An agent sorts a ticket from before, which leaves its page.
    if (lists < 40) tickets[lists * 10]!.changedMs = Date.now()
    const since = Date.parse(query.get('updated_since')!)
    const found = tickets
      .filter(({ deleted }) => deleted === (query.get('filter') === 'deleted'))
      .filter(({ changedMs }) => query.get('filter') !== 'spam' && Math.floor(changedMs / 1_000) * 1_000 >= since)
      .toSorted((a, b) => a.changedMs - b.changedMs || a.id - b.id)
    const include = query.get('include')?.split(',') ?? []
    return {
      headers: { 'x-ratelimit-total': '200', 'x-ratelimit-remaining': '150' },
      body: found.slice((page - 1) * perPage, page * perPage).map((ticket) => ticketShown(ticket, include)),
    }
  }

  const server = await startLocalServer({
    answer: (request) => {
      if (request.headers.authorization !== SIGN_IN)
        return { status: 401, body: { code: 'invalid_credentials', message: 'You have to be logged in' } }
      if (request.url.pathname === '/api/v2/tickets') return listed(request)
      const [, id] = /^\/api\/v2\/tickets\/(\d+)\/conversations$/.exec(request.url.pathname) ?? []
      const ticket = tickets.find((each) => String(each.id) === id && !each.deleted)
      return ticket === undefined
        ? { status: 404, body: '' }
        : { body: ticket.replies.map((reply) => replyShown(reply, ticket.id)) }
    },
    isFaulty: ({ url }) => url.pathname === '/api/v2/tickets',
    throttled: {
      status: 429,
      headers: { 'retry-after': '3', 'x-ratelimit-remaining': '0' },
      body: { message: 'You have exceeded the limit of requests per hour' },
    },
    refusal: { status: 401, body: { code: 'invalid_credentials', message: 'You have to be logged in' } },
  })
  const change = (at: number, changes: Partial<Ticket>): string => {
    const ticket = tickets.at(at)!
    Object.assign(ticket, changes, { changedMs: Date.now() })
    return `freshdesk:acme:ticket-${ticket.id}`
  }
  return {
    config: {
      domain: 'acme',
      apiKey: KEY,
      replies: true,
      requestsPerMinute: 700,
      everyMs: 20_000,
      blindAfterMs: 40_000,
      endpoint: server.url,
    },
    ids,
    goDark: server.goDark,
    refuse: server.refuse,
    edit: () => change(-3, { description: 'It came after all' }),
    remove: () => change(-5, { deleted: true }),
    close: server.close,
  }
}
