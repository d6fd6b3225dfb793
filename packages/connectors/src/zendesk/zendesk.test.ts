import { createHmac } from 'node:crypto'
import { HOUR_MS, SECOND_MS } from '@outcry/contracts'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, type LocalRequest, startLocalServer } from '../compliance/local-server.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { startLocalZendesk } from './local-zendesk.ts'

const connector = connectors['zendesk']!
const webhook = connector.webhook!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const context = { source: 'desk', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const bytesOf = (payload: unknown) => Buffer.from(JSON.stringify(payload))
const parse = (payload: unknown) => connector.parse(bytesOf(payload), context)
const idsOf = (payload: unknown) => parse(payload).sightings.map(({ mention: { id, op } }) => `${op} ${id}`)

const ticket = (change: object = {}) => ({
  url: 'https://acme.zendesk.com/api/v2/tickets/35.json',
  id: 35,
  external_id: null,
  via: { channel: 'email', source: { from: { address: 'ann@mail.example', name: 'Ann' }, to: {}, rel: null } },
  created_at: '2026-11-22T11:59:00Z',
  updated_at: '2026-11-22T11:59:30Z',
  subject: 'Help',
  raw_subject: 'Help',
  description: 'The printer is on fire',
  priority: null,
  status: 'open',
  requester_id: 20_978_392,
  submitter_id: 20_978_392,
  is_public: true,
  tags: ['enterprise', 'other_tag'],
  satisfaction_rating: null,
  ...change,
})
const comment = (change: object = {}) => ({
  id: 1_274,
  type: 'Comment',
  author_id: 20_978_392,
  body: 'Still on fire & nobody answers',
  html_body: '<p>Still on fire &amp; nobody answers</p>',
  plain_body: 'Still on fire &amp; nobody answers',
  public: true,
  attachments: [],
  created_at: '2026-11-22T11:59:20Z',
  ...change,
})
const event = (what: string, change: object = {}) => ({
  account_id: 22_129_848,
  detail: { ...ticket(), id: '35', requester_id: '20978392', status: 'OPEN', url: undefined },
  event: {},
  id: 'cbe4028c-7239-495d-b020-f22348516046',
  subject: 'zen:ticket:35',
  time: '2026-11-22T11:59:20.672717030Z',
  type: `zen:event-type:ticket.${what}`,
  zendesk_event_version: '2022-11-06',
  ...change,
})

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  edits: true,
  deletes: true,
  payload: (text) => bytesOf({ tickets: [ticket({ description: text })], after_cursor: 'MTU4', end_of_stream: true }),
  start: startLocalZendesk,
})

describe('reading tickets of Zendesk', () => {
  it('reads a ticket with its text and time, and of its requester no more than a hashed id', () => {
    const { sightings, rejects } = parse({ ticket: ticket() })
    expect(sightings).toEqual([
      {
        mention: {
          id: 'zendesk:desk:ticket-35',
          op: 'create',
          rev: expect.any(String),
          kind: 'ticket',
          source: 'desk',
          title: 'Help',
          text: 'The printer is on fire',
          author: { id: 'h(20978392)' },
          url: 'https://acme.zendesk.com/agent/tickets/35',
          createdAt: OBSERVED_AT - 60_000,
          observedAt: OBSERVED_AT,
          eventTime: OBSERVED_AT - 60_000,
          tags: ['enterprise', 'other_tag'],
        },
      },
    ])
    expect(rejects).toEqual([])
    expect(JSON.stringify(sightings)).not.toMatch(/Ann|mail\.example/)
  })

  it('has the same revision however often the ticket changes, until its text does', () => {
    const revOf = (change: object) => parse(ticket(change)).sightings[0]!.mention.rev
    expect(revOf({ updated_at: '2026-11-23T09:00:00Z', status: 'solved', tags: [] })).toBe(revOf({}))
    expect(revOf({ description: 'The ▇▇▇▇ is on fire' })).not.toBe(revOf({}))
  })

  it('takes what is deleted for a tombstone, and leaves out what agents keep to themselves', () => {
    expect(idsOf(ticket({ status: 'deleted', subject: 'SCRUBBED', description: 'SCRUBBED' }))).toEqual([
      'delete zendesk:desk:ticket-35',
    ])
    const deleted = { id: 581, subject: 'Wombat', deleted_at: '2026-11-22T11:00:00Z', previous_state: 'open' }
    expect(idsOf({ deleted_tickets: [deleted] })).toEqual(['delete zendesk:desk:ticket-581'])
    expect(parse(ticket({ is_public: false }))).toEqual({ sightings: [], rejects: [] })
  })

  it('reads the words of a rating, and no bare score', () => {
    const rated = parse(ticket({ satisfaction_rating: { id: 1, score: 'bad', comment: 'Took for ever' } }))
    expect(rated.sightings[1]!.mention).toMatchObject({
      id: 'zendesk:desk:rating-35',
      kind: 'message',
      text: 'Took for ever',
      rating: { value: 0, min: 0, max: 1 },
      parentId: 'zendesk:desk:ticket-35',
      createdAt: OBSERVED_AT - 30_000,
    })
    expect(idsOf(ticket({ satisfaction_rating: { id: 1, score: 'good', comment: null } }))).toHaveLength(1)
    expect(idsOf(ticket({ satisfaction_rating: { score: 'offered', comment: 'x' } }))).toHaveLength(1)
  })

  it('reads comments of customers, and neither notes nor what agents answer', () => {
    const comments = [
      comment(),
      comment({ id: 2, author_id: 7 }),
      comment({ id: 3, public: false }),
      comment({ id: 4, type: 'VoiceComment' }),
    ]
    const { sightings, rejects } = parse({ comments, users: [{ id: 7, role: 'agent' }], count: 4 })
    expect(sightings.map(({ mention }) => mention)).toMatchObject([
      {
        id: 'zendesk:desk:comment-1274',
        text: 'Still on fire & nobody answers',
        author: { id: 'h(20978392)' },
        createdAt: OBSERVED_AT - 40_000,
      },
    ])
    expect(rejects).toEqual([])
  })

  it('reads pages of events and audits, searches and lists', () => {
    const change = { id: 9, ticket_id: 35, timestamp: OBSERVED_AT / 1_000 - 40, updater_id: 20_978_392 }
    const said = { ...comment(), created_at: undefined, author_id: undefined }
    const redacted = { type: 'CommentRedactionEvent', comment_id: 1_270 }
    expect(parse({ ticket_events: [{ ...change, child_events: [said, redacted] }] }).sightings).toMatchObject([
      {
        mention: {
          id: 'zendesk:desk:comment-1274',
          parentId: 'zendesk:desk:ticket-35',
          author: { id: 'h(20978392)' },
          createdAt: OBSERVED_AT - 40_000,
        },
      },
      { mention: { id: 'zendesk:desk:comment-1270', op: 'delete', text: '' } },
    ])
    expect(idsOf({ audits: [{ ...change, events: [comment()] }] })).toEqual(['create zendesk:desk:comment-1274'])
    const results = [
      { ...ticket(), result_type: 'ticket' },
      { id: 3, name: 'Ann', result_type: 'user' },
    ]
    expect(idsOf({ results, count: 2 })).toEqual(['create zendesk:desk:ticket-35'])
    expect(idsOf([ticket(), ticket({ id: 36 })])).toHaveLength(2)
    expect(idsOf(ticket({ comments: [comment(), comment({ id: 2, author_id: 7 })] }))).toEqual([
      'create zendesk:desk:ticket-35',
      'create zendesk:desk:comment-1274',
    ])
    expect(parse({ error: 'RecordNotFound' }).rejects.map(({ detail }) => detail)).toEqual([
      'is no ticket or comment of Zendesk',
    ])
  })
})

describe('webhooks of Zendesk', () => {
  const config = { connector: 'zendesk', name: 'desk', subdomain: 'Acme', webhookSecret: 'a signing secret' }
  const stamp = new Date(OBSERVED_AT - 2_000).toISOString()
  const sent = (body: Buffer, secret = config.webhookSecret, at = stamp) => ({
    headers: {
      'x-zendesk-webhook-signature': createHmac('sha256', secret).update(at).update(body).digest('base64'),
      'x-zendesk-webhook-signature-timestamp': at,
    },
    query: {},
    body,
  })
  const read = (payload: unknown) =>
    webhook.read(config, sent(bytesOf(payload)), context).sightings.map(({ mention }) => mention)

  it('are believed when signed with the secret and in time', () => {
    const body = bytesOf(event('created'))
    expect(webhook.verify(config, sent(body), OBSERVED_AT)).toBe('valid')
    expect(webhook.verify(config, sent(body, 'another'), OBSERVED_AT)).toBe('mismatch')
    expect(webhook.verify(config, { ...sent(body), body: bytesOf({}) }, OBSERVED_AT)).toBe('mismatch')
    expect(webhook.verify(config, { headers: {}, query: {}, body }, OBSERVED_AT)).toBe('mismatch')
    expect(webhook.verify(config, sent(body), OBSERVED_AT + HOUR_MS)).toBe('stale')
    expect(webhook.verify(config, sent(body, config.webhookSecret, 'soon'), OBSERVED_AT)).toBe('stale')
    const { webhookSecret: _, ...silent } = config
    expect(webhook.verify(silent, sent(body), OBSERVED_AT)).toBe('off')
  })

  it('give the mention that polling gives, so that it counts once', () => {
    const [polled] = parse(ticket()).sightings
    expect(read(event('created'))).toEqual([{ ...polled!.mention, id: 'zendesk:acme:ticket-35' }])
  })

  it('tell of comments of customers, of deletions and of redactions', () => {
    const said = (author: object, change: object = {}) => ({
      event: { comment: { id: '77', body: 'Still down', is_public: true, author, ...change } },
    })
    const customer = { id: '20978392', is_staff: false, name: 'Ann' }
    expect(read(event('comment_added', said(customer)))).toMatchObject([
      { id: 'zendesk:acme:ticket-35' },
      {
        id: 'zendesk:acme:comment-77',
        text: 'Still down',
        author: { id: 'h(20978392)' },
        parentId: 'zendesk:acme:ticket-35',
        createdAt: OBSERVED_AT - 40_000 + 672,
      },
    ])
    expect(read(event('comment_added', said({ id: '7', is_staff: true })))).toHaveLength(1)
    expect(read(event('comment_added', said(customer, { is_public: false })))).toHaveLength(1)
    expect(read(event('soft_deleted'))).toMatchObject([{ id: 'zendesk:acme:ticket-35', op: 'delete', text: '' }])
    expect(read(event('comment_redacted', said(customer)))).toMatchObject([
      { id: 'zendesk:acme:comment-77', op: 'delete' },
    ])
    expect(read({ ...event('created'), type: 'zen:event-type:user.created' })).toEqual([])
  })
})

describe('following a Zendesk account', () => {
  let close = async (): Promise<void> => {}
  afterEach(() => close())

  const follow = async (change: object, pages: { tickets?: LocalAnswer[]; events?: LocalAnswer[] }) => {
    const asked: LocalRequest[] = []
    const end = { body: { tickets: [], after_cursor: 'end', end_of_stream: true } }
    const noEvents = { body: { ticket_events: [], end_time: null, end_of_stream: true } }
    const server = await startLocalServer({
      isFaulty: () => false,
      answer: (request) => {
        asked.push(request)
        if (request.url.pathname.endsWith('/show_many.json')) return { body: { users: [{ id: 7, role: 'admin' }] } }
        const isTickets = request.url.pathname.endsWith('/cursor.json')
        return (isTickets ? pages.tickets?.shift() : pages.events?.shift()) ?? (isTickets ? end : noEvents)
      },
    })
    const clock = createQuickClock(200)
    const recorder = createRecorder(clock)
    const stop = new AbortController()
    const config = { connector: 'zendesk', name: 'desk', subdomain: 'acme', comments: true, everyMs: 15_000 }
    const source = connector.create(
      { ...config, accessToken: 'a token', endpoint: server.url, ...change },
      recorder.context('desk'),
    )
    const running = source.run(stop.signal)
    close = async () => {
      stop.abort()
      await running
      await server.close()
    }
    const looked = (times: number) =>
      vi.waitFor(() => expect(asked.filter(isOfTickets).length).toBeGreaterThanOrEqual(times), { timeout: 10_000 })
    return { asked, recorder, clock, looked }
  }
  const isOfTickets = ({ url }: LocalRequest) => url.pathname.endsWith('/cursor.json')
  const justNow = () => new Date(Date.now() - 60_000).toISOString()

  it('says that it knows nothing of the last minute, which exports leave out', async () => {
    const { recorder, clock, looked } = await follow({}, {})
    await looked(2)
    await vi.waitFor(() => expect(recorder.reports.length).toBeGreaterThan(0))
    const { state, sourceTime } = recorder.reports.at(-1)!
    expect(state).toBe('live')
    expect(sourceTime).toBeLessThanOrEqual(clock.now() - 60 * SECOND_MS)
  })

  it('asks from a time again where the cursor is no longer known, and signs in with a token', async () => {
    const bad = { status: 422, body: { error: 'Invalid cursor' } }
    const first = { body: { tickets: [], after_cursor: 'old', end_of_stream: true } }
    const { asked, looked } = await follow({}, { tickets: [first, bad] })
    await looked(4)
    const queries = asked.filter(isOfTickets).map(({ url }) => [...url.searchParams.keys()].join())
    expect(queries.slice(0, 4)).toEqual(['start_time', 'cursor', 'start_time', 'cursor'])
    expect(asked.every(({ headers }) => headers.authorization === 'Bearer a token')).toBe(true)
  })

  it('deletes with a ticket what was said in it later, and does not read what agents say', async () => {
    const fresh = ticket({ created_at: justNow() })
    const page = (tickets: object[]) => ({ body: { tickets, after_cursor: 'c', end_of_stream: true } })
    const said = (change: object) => comment({ created_at: justNow(), ...change })
    const events = [{ id: 9, ticket_id: 35, child_events: [said({}), said({ id: 8, author_id: 7 })] }]
    const { recorder, looked } = await follow(
      {},
      {
        tickets: [page([fresh]), page([{ ...fresh, status: 'deleted' }])],
        events: [{ body: { ticket_events: events, end_time: 1, end_of_stream: true } }],
      },
    )
    await looked(3)
    expect(recorder.delivered.map(({ mention: { op, id } }) => `${op} ${id}`)).toEqual([
      'create zendesk:acme:ticket-35',
      'create zendesk:acme:comment-1274',
      'delete zendesk:acme:ticket-35',
      'delete zendesk:acme:comment-1274',
    ])
  })

  it('passes over tickets from long before the start that only changed', async () => {
    const old = ticket({ created_at: '2020-01-01T00:00:00Z', updated_at: justNow() })
    const { recorder, looked } = await follow(
      { comments: false },
      { tickets: [{ body: { tickets: [old], after_cursor: 'c', end_of_stream: true } }] },
    )
    await looked(2)
    expect(recorder.delivered).toEqual([])
    expect(recorder.rejects).toEqual([])
  })

  it('refuses a configuration that has nothing to sign in with', () => {
    const recorder = createRecorder(createQuickClock(1))
    const config = { connector: 'zendesk', name: 'desk', subdomain: 'acme', email: 'a@acme.example', comments: true }
    expect(() => connector.create({ ...config, everyMs: 60_000 }, recorder.context('desk'))).toThrow('sign in')
  })
})
