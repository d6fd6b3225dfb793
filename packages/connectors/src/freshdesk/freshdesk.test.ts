import { afterEach, describe, expect, it, vi } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { type LocalRequest, startLocalServer } from '../compliance/local-server.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { startLocalFreshdesk } from './local-freshdesk.ts'

const connector = connectors['freshdesk']!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const context = { source: 'desk', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const bytesOf = (payload: unknown) => Buffer.from(JSON.stringify(payload))
const parse = (payload: unknown) => connector.parse(bytesOf(payload), context)
const idsOf = (payload: unknown) => parse(payload).sightings.map(({ mention: { id, op } }) => `${op} ${id}`)

const ticket = (change: object = {}) => ({
  cc_emails: ['eve@mail.example'],
  fr_escalated: false,
  spam: false,
  source: 2,
  status: 2,
  subject: 'Help',
  to_emails: null,
  id: 18,
  requester_id: 43_026_449_322,
  responder_id: 6_010_396_333,
  created_at: '2026-11-22T11:59:00Z',
  updated_at: '2026-11-22T11:59:30Z',
  description_text: 'The charge came twice & nobody answers',
  description: '<div>The charge came <b>twice</b> &amp; nobody answers</div>',
  tags: ['billing'],
  requester: { id: 43_026_449_322, name: 'Ann', email: 'ann@mail.example', phone: null },
  ...change,
})
const reply = (change: object = {}) => ({
  body: '<div>Hello?</div>',
  body_text: 'Hello?',
  id: 5_006_713_943,
  incoming: true,
  private: false,
  user_id: 43_026_449_322,
  support_email: 'help@acme.example',
  source: 0,
  ticket_id: 18,
  from_email: 'Ann <ann@mail.example>',
  created_at: '2026-11-22T11:59:20Z',
  updated_at: '2026-11-22T11:59:20Z',
  attachments: [],
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
  payload: (text) => bytesOf([ticket({ description_text: text, description: '' })]),
  start: startLocalFreshdesk,
})

describe('reading tickets of Freshdesk', () => {
  it('reads a ticket with its text and time, and of its requester no more than a hashed id', () => {
    const { sightings, rejects } = parse(ticket())
    expect(sightings).toEqual([
      {
        mention: {
          id: 'freshdesk:desk:ticket-18',
          op: 'create',
          rev: expect.any(String),
          kind: 'ticket',
          source: 'desk',
          title: 'Help',
          text: 'The charge came twice & nobody answers',
          author: { id: 'h(43026449322)' },
          createdAt: OBSERVED_AT - 60_000,
          observedAt: OBSERVED_AT,
          eventTime: OBSERVED_AT - 60_000,
          tags: ['billing'],
        },
      },
    ])
    expect(rejects).toEqual([])
    expect(JSON.stringify(sightings)).not.toMatch(/Ann|mail\.example/)
  })

  it('has the same revision however often the ticket changes, until its text does', () => {
    const revOf = (change: object) => parse(ticket(change)).sightings[0]!.mention.rev
    expect(revOf({ updated_at: '2026-11-23T09:00:00Z', status: 5, tags: [] })).toBe(revOf({}))
    expect(revOf({ description_text: undefined })).toBe(revOf({}))
    expect(revOf({ subject: 'Refund' })).not.toBe(revOf({}))
  })

  it('takes deleted tickets and spam for tombstones, and leaves out what agents begin by e-mail', () => {
    expect(idsOf(ticket({ deleted: true }))).toEqual(['delete freshdesk:desk:ticket-18'])
    expect(idsOf(ticket({ spam: true }))).toEqual(['delete freshdesk:desk:ticket-18'])
    expect(parse(ticket({ source: 10 }))).toEqual({ sightings: [], rejects: [] })
  })

  it('reads replies of customers, and neither notes nor what agents answer', () => {
    const { sightings, rejects } = parse([
      reply(),
      reply({ id: 2, incoming: false }),
      reply({ id: 3, private: true }),
      reply({ id: 4, body_text: '', body: '<img src="cid:1">' }),
    ])
    expect(sightings.map(({ mention }) => mention)).toMatchObject([
      {
        id: 'freshdesk:desk:reply-5006713943',
        kind: 'message',
        text: 'Hello?',
        author: { id: 'h(43026449322)' },
        parentId: 'freshdesk:desk:ticket-18',
        createdAt: OBSERVED_AT - 40_000,
      },
    ])
    expect(rejects).toEqual([])
  })

  it('reads lists, searches, tickets with their replies, the first version, and what rules send', () => {
    expect(idsOf({ total: 2, results: [ticket(), ticket({ id: 19 })] })).toHaveLength(2)
    const both = ['create freshdesk:desk:ticket-18', 'create freshdesk:desk:reply-5006713943']
    expect(idsOf(ticket({ conversations: [reply(), reply({ id: 2, incoming: false })] }))).toEqual(both)
    const old = { ...ticket(), id: 5_007_268_642, display_id: 18, description_text: undefined }
    expect(idsOf({ helpdesk_ticket: { ...old, notes: [{ note: reply() }] } })).toEqual(both)
    const sent = { ticket_id: 18, ticket_subject: 'Help', ticket_description: '<p>Twice</p>', ticket_status: 'Open' }
    expect(parse({ freshdesk_webhook: sent }).sightings[0]!.mention).toMatchObject({
      id: 'freshdesk:desk:ticket-18',
      title: 'Help',
      text: 'Twice',
    })
    expect(parse({ code: 'invalid_credentials', message: 'no' }).rejects.map(({ detail }) => detail)).toEqual([
      'is no ticket or reply of Freshdesk',
    ])
  })
})

describe('following a Freshdesk account', () => {
  let close = async (): Promise<void> => {}
  afterEach(() => close())

  const follow = async (answer: (request: LocalRequest) => unknown[] | undefined) => {
    const asked: URL[] = []
    const server = await startLocalServer({
      isFaulty: () => false,
      answer: (request) => {
        asked.push(request.url)
        return { body: answer(request) ?? [] }
      },
    })
    const recorder = createRecorder(createQuickClock(200))
    const stop = new AbortController()
    const config = { connector: 'freshdesk', name: 'desk', domain: 'Acme.freshdesk.com', apiKey: 'k', replies: true }
    const source = connector.create(
      { ...config, requestsPerMinute: 700, everyMs: 20_000, endpoint: server.url },
      recorder.context('desk'),
    )
    const running = source.run(stop.signal)
    close = async () => {
      stop.abort()
      await running
      await server.close()
    }
    const looked = (times: number) =>
      vi.waitFor(
        () => expect(asked.filter(({ searchParams }) => searchParams.get('filter') === 'spam').length).toBe(times),
        { timeout: 10_000 },
      )
    return { asked, recorder, looked }
  }
  const isList = ({ url }: LocalRequest) => url.pathname === '/api/v2/tickets'
  const filterOf = ({ url }: LocalRequest) => url.searchParams.get('filter')
  const ago = (ms: number) => new Date(Date.now() - ms).toISOString()

  it('asks for what was said only where a customer said something, and passes over what is old', async () => {
    const times = { created_at: ago(86_400_000), updated_at: ago(5_000) }
    const quiet = ticket({ ...times, id: 1, stats: { requester_responded_at: ago(80_000_000) } })
    const loud = ticket({ ...times, id: 2, stats: { requester_responded_at: ago(5_000) } })
    const said = [reply({ id: 7, created_at: ago(80_000_000) }), reply({ id: 8, created_at: ago(5_000) })]
    const { asked, recorder, looked } = await follow((request) => {
      if (isList(request)) return filterOf(request) === null ? [quiet, loud] : []
      return said
    })
    await looked(1)
    expect(asked.some(({ pathname }) => pathname === '/api/v2/tickets/1/conversations')).toBe(false)
    expect(recorder.delivered.map(({ mention: { id } }) => id)).toEqual(['freshdesk:acme:reply-8'])
  })

  it('deletes with a ticket what was said in it later', async () => {
    const one = ticket({ created_at: ago(5_000), updated_at: ago(4_000) })
    const loud = { ...one, stats: { requester_responded_at: ago(4_000) } }
    let isDeleted = false
    const { recorder, looked } = await follow((request) => {
      if (!isList(request)) return [reply({ created_at: ago(4_000) })]
      if (filterOf(request) === null) return isDeleted ? [] : [loud]
      if (filterOf(request) === 'spam') return []
      const listed = isDeleted ? [one] : []
      isDeleted = true
      return listed
    })
    await looked(2)
    expect(recorder.delivered.map(({ mention: { op, id } }) => `${op} ${id}`)).toEqual([
      'create freshdesk:acme:ticket-18',
      'create freshdesk:acme:reply-5006713943',
      'delete freshdesk:acme:ticket-18',
      'delete freshdesk:acme:reply-5006713943',
    ])
  })
})
