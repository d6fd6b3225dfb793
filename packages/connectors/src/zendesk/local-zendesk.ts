import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, type LocalRequest, startLocalServer } from '../compliance/local-server.ts'

const TICKETS_PER_PAGE = 400
const EVENTS_PER_PAGE = 500
/** Exports leave out the last minute; here it is as short as the clock of the suite is quick. */
const HELD_BACK_MS = 100
const AGENT = 900_000
const SIGN_IN = `Basic ${Buffer.from('admin@acme.example/token:an api token').toString('base64')}`

type Ticket = { id: number; createdMs: number; changedMs: number; description: string; status: string }
type Comment = { id: number; ticketId: number; atMs: number; author: number; body: string; public: boolean }

const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`
const requesterOf = (ticketId: number): number => 500_000 + (ticketId % 50)

const ticketShown = ({ id, createdMs, changedMs, description, status }: Ticket) => ({
  url: `https://acme.zendesk.com/api/v2/tickets/${id}.json`,
  id,
  external_id: null,
  via: { channel: 'web', source: { from: {}, to: {}, rel: null } },
  created_at: iso(createdMs),
  updated_at: iso(changedMs),
  generated_timestamp: Math.floor(changedMs / 1_000),
  subject: `Order ${id}`,
  description,
  status,
  requester_id: requesterOf(id),
  is_public: true,
  tags: ['web'],
  satisfaction_rating: { score: 'unoffered' },
})

/** A change of a ticket in which something was said; the first of a ticket also creates it. */
const changeShown = ({ id, ticketId, atMs, author, body, public: isPublic }: Comment, isFirst: boolean) => ({
  id: id + 1,
  ticket_id: ticketId,
  timestamp: Math.floor(atMs / 1_000),
  created_at: iso(atMs),
  updater_id: author,
  event_type: 'Audit',
  child_events: [
    {
      id,
      type: 'Comment',
      event_type: 'Comment',
      author_id: author,
      body,
      html_body: `<div class="zd-comment">${body}</div>`,
      public: isPublic,
      attachments: [],
      audit_id: id + 1,
      created_at: iso(atMs),
    },
    ...(isFirst ? [{ id: id + 2, subject: `Order ${ticketId}`, event_type: 'Create' }] : []),
    { id: id + 3, status: 'open', previous_value: 'new', event_type: 'Change' },
  ],
})

/**
 * An account: tickets by cursor, what was said in them by time, three of four by customers in tickets of their own, one as
 * a later comment, with answers and notes of an agent between. Every fifth cursor is no longer known.
 */
export const startLocalZendesk = async (items: number): Promise<LocalPlatform> => {
  const startMs = Date.now() - 700_000
  const tickets: Ticket[] = []
  const comments: Comment[] = []
  const ids = new Set<string>()
  for (let n = 0; n < items; n += 1) {
    const atMs = startMs + Math.floor((n * 600_000) / items)
    const text = `Order ${n} never came, no refund`
    const ticket = tickets.at(-1)
    if (n % 4 === 3 && ticket !== undefined) {
      const around = { ticketId: ticket.id, atMs }
      comments.push({ ...around, id: n * 100, author: requesterOf(ticket.id), body: `${text}!`, public: true })
      comments.push({ ...around, id: n * 100 + 10, author: AGENT, body: 'We look into it', public: true })
      comments.push({ ...around, id: n * 100 + 20, author: AGENT, body: 'Angry one', public: false })
      ticket.changedMs = atMs
      ids.add(`zendesk:acme:comment-${n * 100}`)
    } else {
      const id = 1_000 + n
      tickets.push({ id, createdMs: atMs, changedMs: atMs, description: text, status: 'new' })
      comments.push({ id: n * 100, ticketId: id, atMs, author: requesterOf(id), body: text, public: true })
      ids.add(`zendesk:acme:ticket-${id}`)
    }
  }
  const firsts = new Set(tickets.map(({ id }) => comments.find(({ ticketId }) => ticketId === id)?.id))
  let cursors = 0

  const ticketPage = ({ url }: LocalRequest): LocalAnswer => {
    const cursor = url.searchParams.get('cursor')
    cursors += cursor === null ? 0 : 1
    if (cursor !== null && cursors % 5 === 3)
      return { status: 400, body: { error: 'InvalidValue', description: 'Invalid cursor' } }
    const start = { ms: Number(url.searchParams.get('start_time')) * 1_000, id: 0 }
    const after = cursor === null ? start : (JSON.parse(Buffer.from(cursor, 'base64url').toString()) as typeof start)
    const visible = tickets
      .filter(({ changedMs, id }) => changedMs > after.ms || (changedMs === after.ms && id > after.id))
      .filter(({ changedMs }) => changedMs <= Date.now() - HELD_BACK_MS)
      .toSorted((a, b) => a.changedMs - b.changedMs || a.id - b.id)
    const page = visible.slice(0, TICKETS_PER_PAGE)
    const last = page.at(-1)
    const at = last === undefined ? after : { ms: last.changedMs, id: last.id }
    return {
      body: {
        tickets: page.map(ticketShown),
        after_url: null,
        after_cursor: Buffer.from(JSON.stringify(at)).toString('base64url'),
        before_cursor: null,
        end_of_stream: visible.length <= TICKETS_PER_PAGE,
      },
    }
  }

  const eventPage = ({ url }: LocalRequest): LocalAnswer => {
    const startS = Number(url.searchParams.get('start_time'))
    const since = comments.filter(({ atMs }) => Math.floor(atMs / 1_000) >= startS)
    // A page never ends within a second.
    const lastS = Math.floor((since[EVENTS_PER_PAGE - 1]?.atMs ?? Infinity) / 1_000)
    const page = since.filter(({ atMs }) => Math.floor(atMs / 1_000) <= lastS)
    const endS = Math.floor((page.at(-1)?.atMs ?? 0) / 1_000)
    return {
      body: {
        ticket_events: page.map((comment) => changeShown(comment, firsts.has(comment.id))),
        count: page.length,
        end_time: page.length === 0 ? null : endS,
        next_page: null,
        end_of_stream: page.length === since.length,
      },
    }
  }

  const answer = (request: LocalRequest): LocalAnswer => {
    if (request.headers.authorization !== SIGN_IN) return { status: 401, body: { error: "Couldn't authenticate you" } }
    switch (request.url.pathname) {
      case '/api/v2/incremental/tickets/cursor.json':
        return ticketPage(request)
      case '/api/v2/incremental/ticket_events.json':
        return eventPage(request)
      case '/api/v2/users/show_many.json': {
        const asked = request.url.searchParams.get('ids')!.split(',')
        const users = asked.map((id) => ({ id: Number(id), role: Number(id) === AGENT ? 'agent' : 'end-user' }))
        return { body: { users, count: users.length } }
      }
      default:
        return { status: 404, body: { error: 'RecordNotFound', description: 'Not found' } }
    }
  }

  const server = await startLocalServer({
    answer,
    throttled: { status: 429, headers: { 'retry-after': '3' }, body: { error: 'Number of allowed requests exceeded' } },
    refusal: { status: 401, body: { error: "Couldn't authenticate you" } },
  })
  const change = (at: number, changes: Partial<Ticket>): string => {
    const ticket = tickets.at(at)!
    Object.assign(ticket, changes, { changedMs: Date.now() })
    return `zendesk:acme:ticket-${ticket.id}`
  }
  return {
    config: {
      subdomain: 'acme',
      email: 'admin@acme.example',
      apiToken: 'an api token',
      comments: true,
      everyMs: 15_000,
      blindAfterMs: 40_000,
      endpoint: server.url,
    },
    ids,
    goDark: server.goDark,
    refuse: server.refuse,
    edit: () => change(-3, { description: 'Order ▇▇▇▇ never came' }),
    remove: () => change(-5, { status: 'deleted' }),
    close: server.close,
  }
}
