import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, type LocalRequest, startLocalServer } from '../compliance/local-server.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { startLocalIntercom } from './local-intercom.ts'

const connector = connectors['intercom']!
const webhook = connector.webhook!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const WRITTEN_S = OBSERVED_AT / 1_000 - 60
const context = { source: 'inbox', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const bytesOf = (payload: unknown) => Buffer.from(JSON.stringify(payload))
const parse = (payload: unknown) => connector.parse(bytesOf(payload), context)
const idsOf = (payload: unknown) => parse(payload).sightings.map(({ mention: { id, op } }) => `${op} ${id}`)

const conversation = ({ source = {}, ...change }: { source?: object; [field: string]: unknown } = {}) => ({
  type: 'conversation',
  id: '515',
  created_at: WRITTEN_S,
  updated_at: WRITTEN_S,
  title: null,
  source: {
    type: 'conversation',
    id: '403918346',
    delivered_as: 'customer_initiated',
    subject: '<p>Help</p>',
    body: '<p>Charged <b>twice</b> &amp; no answer</p>',
    author: { type: 'user', id: '6762f14a', name: 'Ann', email: 'ann@mail.example' },
    attachments: [],
    url: 'https://acme.example/checkout?order=12',
    redacted: false,
    ...source,
  },
  state: 'open',
  tags: { type: 'tag.list', tags: [{ type: 'tag', id: '1', name: 'billing' }] },
  statistics: null,
  conversation_rating: null,
  ...change,
})
const part = (change: object = {}) => ({
  type: 'conversation_part',
  id: '3',
  part_type: 'comment',
  body: '<p>Hello?</p>',
  created_at: WRITTEN_S + 20,
  author: { type: 'lead', id: '5bc8', name: 'Ann', email: 'ann@mail.example' },
  redacted: false,
  ...change,
})
const parts = (...all: object[]) => ({
  conversation_parts: { type: 'conversation_part.list', conversation_parts: all, total_count: all.length },
})
const admin = { author: { type: 'admin', id: '274', name: 'Operator' } }

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  deletes: true,
  payload: (text) => bytesOf({ type: 'conversation.list', conversations: [conversation({ source: { body: text } })] }),
  start: startLocalIntercom,
})

describe('reading conversations of Intercom', () => {
  it('reads how a customer began one, and of the customer no more than a hashed id', () => {
    const { sightings, rejects } = parse(conversation())
    expect(sightings).toEqual([
      {
        mention: {
          id: 'intercom:inbox:conversation-515',
          op: 'create',
          rev: 'original',
          kind: 'message',
          source: 'inbox',
          title: 'Help',
          text: 'Charged twice & no answer',
          author: { id: 'h(6762f14a)' },
          createdAt: OBSERVED_AT - 60_000,
          observedAt: OBSERVED_AT,
          eventTime: OBSERVED_AT - 60_000,
          tags: ['billing'],
        },
      },
    ])
    expect(rejects).toEqual([])
    expect(JSON.stringify(sightings)).not.toMatch(/Ann|mail\.example|order=12/)
  })

  it('reads replies of customers, and nothing of admins, bots and campaigns', () => {
    const begun = { source: { delivered_as: 'admin_initiated', ...admin } }
    const said = parts(
      part(),
      part({ id: '4', ...admin }),
      part({ id: '5', author: { type: 'bot', id: '9' } }),
      part({ id: '6', part_type: 'assignment', body: null }),
      part({ id: '7', redacted: true, body: '<i>This message was deleted</i>' }),
    )
    const { sightings, rejects } = parse(conversation({ ...begun, ...said }))
    expect(sightings.map(({ mention }) => mention)).toMatchObject([
      {
        id: 'intercom:inbox:part-3',
        op: 'create',
        text: 'Hello?',
        author: { id: 'h(5bc8)' },
        parentId: 'intercom:inbox:conversation-515',
        createdAt: OBSERVED_AT - 40_000,
      },
      { id: 'intercom:inbox:part-7', op: 'delete', text: '' },
    ])
    expect(rejects).toEqual([])
    expect(parse(conversation(begun))).toEqual({ sightings: [], rejects: [] })
    const campaign = { delivered_as: 'campaigns_initiated', author: null }
    expect(parse(conversation({ source: campaign }))).toEqual({ sightings: [], rejects: [] })
    const contacts = { type: 'contact.list', contacts: [{ type: 'contact', id: '6762f14a' }] }
    const authorless = parse(conversation({ source: { author: null }, contacts }))
    expect(authorless.sightings.map(({ mention }) => mention.author)).toEqual([{ id: 'h(6762f14a)' }])
  })

  it('reads the remark of a rating', () => {
    const rating = { rating: 1, remark: 'Nobody helped', created_at: WRITTEN_S, updated_at: WRITTEN_S + 30 }
    const rated = conversation({ conversation_rating: { ...rating, contact: { type: 'contact', id: '6762f14a' } } })
    expect(parse(rated).sightings[1]!.mention).toMatchObject({
      id: 'intercom:inbox:rating-515',
      text: 'Nobody helped',
      rating: { value: 1, min: 1, max: 5 },
      author: { id: 'h(6762f14a)' },
      createdAt: OBSERVED_AT - 30_000,
    })
    expect(idsOf(conversation({ conversation_rating: { ...rating, remark: '' } }))).toHaveLength(1)
  })

  it('reads tickets: what they are about, and the replies of customers in them', () => {
    const author = { type: 'user', id: 'u1' }
    const ticket = {
      type: 'ticket',
      id: '631',
      ticket_id: '38',
      ticket_attributes: { _default_title_: 'No refund', _default_description_: 'Order 5 came broken', size: 'L' },
      contacts: { type: 'contact.list', contacts: [{ type: 'contact', id: 'u1' }] },
      created_at: 1_734_537_944,
      ticket_parts: {
        type: 'ticket_part.list',
        ticket_parts: [
          { type: 'ticket_part', id: '7', part_type: 'comment', body: '<p>Still waiting</p>', created_at: 1, author },
          {
            type: 'ticket_part',
            id: '8',
            part_type: 'ticket_state_updated_by_admin',
            author: { type: 'bot', id: 'b' },
          },
        ],
      },
    }
    const expected = [
      { id: 'intercom:inbox:conversation-631', kind: 'ticket', title: 'No refund', text: 'Order 5 came broken' },
      { id: 'intercom:inbox:part-7', parentId: 'intercom:inbox:conversation-631', text: 'Still waiting' },
    ]
    const created = { type: 'notification_event', topic: 'ticket.created', data: { item: ticket } }
    const replied = { type: 'notification_event', topic: 'ticket.contact.replied', data: { item: { ticket } } }
    for (const payload of [ticket, { type: 'ticket.list', tickets: [ticket] }, created, replied]) {
      const { sightings, rejects } = parse(payload)
      expect(sightings.map(({ mention }) => mention)).toMatchObject(expected)
      expect(rejects).toEqual([])
    }
    const untitled = { ...ticket, ticket_attributes: {}, ticket_parts: undefined }
    expect(parse(untitled)).toEqual({ sightings: [], rejects: [] })
  })

  it('reads searches, lists of old and new versions, deleted ones and single parts', () => {
    const old = { type: 'conversation', id: '147', created_at: WRITTEN_S, user: { type: 'user', id: 'u1' } }
    const message = { type: 'conversation_message', body: '<p>Hi</p>', author: { type: 'user', id: 'u1' } }
    expect(idsOf({ type: 'list', data: [{ ...old, conversation_message: message }] })).toEqual([
      'create intercom:inbox:conversation-147',
    ])
    const deleted = [{ type: 'conversation', id: '512', metrics_retained: false, deleted_at: WRITTEN_S }]
    expect(idsOf({ type: 'conversations.list', conversations: deleted })).toEqual([
      'delete intercom:inbox:conversation-512',
    ])
    expect(idsOf(part())).toEqual(['create intercom:inbox:part-3'])
    expect(idsOf([conversation(), conversation({ id: 516 })])).toHaveLength(2)
    const refused = { type: 'error.list', errors: [{ code: 'unauthorized', message: 'Access Token Invalid' }] }
    expect(parse(refused).rejects.map(({ detail }) => detail)).toEqual(['is no conversation of Intercom'])
  })
})

describe('webhooks of Intercom', () => {
  const config = { connector: 'intercom', name: 'inbox', clientSecret: 'a client secret' }
  const note = (topic: string, item: unknown) => ({
    type: 'notification_event',
    app_id: 'ol9hno6x',
    data: { type: 'notification_event_data', item },
    id: 'notif_26c8',
    topic,
    delivery_attempts: 1,
    created_at: WRITTEN_S,
  })
  const signed = (body: Buffer, secret = config.clientSecret) => ({
    headers: { 'x-hub-signature': `sha1=${createHmac('sha1', secret).update(body).digest('hex')}` },
    query: {},
    body,
  })
  const read = (topic: string, item: unknown) => webhook.read(config, signed(bytesOf(note(topic, item))), context)

  it('are believed when signed with the secret of the app', () => {
    const body = bytesOf(note('ping', { type: 'ping' }))
    expect(webhook.verify(config, signed(body), OBSERVED_AT)).toBe('valid')
    expect(webhook.verify(config, signed(body, 'another'), OBSERVED_AT)).toBe('mismatch')
    expect(webhook.verify(config, { ...signed(body), headers: {} }, OBSERVED_AT)).toBe('mismatch')
    const { clientSecret: _, ...silent } = config
    expect(webhook.verify(silent, signed(body), OBSERVED_AT)).toBe('off')
  })

  it('give the mention that polling gives, also where they write plain text', () => {
    const polled = parse(conversation())
    expect(read('conversation.user.created', conversation())).toEqual(polled)
    const plain = conversation({ source: { subject: 'Help', body: 'Charged twice & no answer' } })
    expect(read('conversation.user.created', plain)).toEqual(polled)
  })

  it('tell of replies and deletions, and of nothing else', () => {
    const replied = read('conversation.user.replied', conversation(parts(part({ body: 'Hello?' }))))
    expect(replied.sightings[1]).toEqual(parse(conversation(parts(part()))).sightings[1])
    const { sightings } = read('conversation.deleted', { type: 'conversation', conversation_id: '456' })
    expect(sightings).toMatchObject([{ mention: { id: 'intercom:inbox:conversation-456', op: 'delete' } }])
    const redacted = conversation(parts(part({ body: '<i>This message was deleted</i>', redacted: undefined })))
    expect(read('conversation_part.redacted', redacted).sightings[1]).toMatchObject({
      mention: { id: 'intercom:inbox:part-3', op: 'delete', text: '' },
    })
    const changed = conversation({ created_at: new Date(WRITTEN_S * 1_000).toISOString(), updated_at: 'soon' })
    expect(read('conversation.contact.attached', changed)).toEqual(parse(conversation()))
    expect(read('conversation.read', { type: 'conversation', id: '123', open: true })).toEqual({
      sightings: [],
      rejects: [],
    })
    expect(read('ping', { type: 'ping', message: 'test' })).toEqual({ sightings: [], rejects: [] })
    expect(read('contact.created', { type: 'contact', id: '1' })).toEqual({ sightings: [], rejects: [] })
    expect(read('conversation.user.replied', null).rejects).toHaveLength(1)
  })
})

describe('following a workspace of Intercom', () => {
  let close = async (): Promise<void> => {}
  afterEach(() => close())

  const follow = async (answer: (request: LocalRequest) => LocalAnswer | undefined) => {
    const asked: LocalRequest[] = []
    const server = await startLocalServer({
      isFaulty: () => false,
      answer: (request) => {
        asked.push(request)
        return answer(request) ?? { body: { type: 'conversation.list', conversations: [] } }
      },
    })
    const recorder = createRecorder(createQuickClock(200))
    const stop = new AbortController()
    const config = { connector: 'intercom', name: 'inbox', accessToken: 't', region: 'eu', replies: true }
    const source = connector.create(
      { ...config, everyMs: 10_000, endpoint: `${server.url}/` },
      recorder.context('inbox'),
    )
    const running = source.run(stop.signal)
    close = async () => {
      stop.abort()
      await running
      await server.close()
    }
    const searches = () => asked.filter(({ url }) => url.pathname === '/conversations/search').length
    const looked = (times: number) =>
      vi.waitFor(() => expect(searches()).toBeGreaterThanOrEqual(times), { timeout: 10_000 })
    return { asked, recorder, looked }
  }
  const nowS = () => Math.floor(Date.now() / 1_000) - 5
  const pageOf = (...conversations: object[]) => ({ body: { type: 'conversation.list', conversations } })

  it('asks for what was said only where a customer said something', async () => {
    const written = { created_at: nowS() - 86_400, updated_at: nowS() }
    const quiet = conversation({ ...written, id: '1', statistics: { last_contact_reply_at: nowS() - 80_000 } })
    const loud = conversation({ ...written, id: '2', statistics: { last_contact_reply_at: nowS() } })
    const old = part({ id: '8', created_at: nowS() - 80_000 })
    const { asked, recorder, looked } = await follow(({ url }) => {
      if (url.pathname === '/conversations/search') return pageOf(quiet, loud)
      if (url.pathname === '/conversations/2') return { body: { ...loud, ...parts(old, part({ created_at: nowS() })) } }
      return undefined
    })
    await looked(2)
    expect(asked.some(({ url }) => url.pathname === '/conversations/1')).toBe(false)
    expect(recorder.delivered.map(({ mention: { id } }) => id)).toEqual(['intercom:inbox:part-3'])
  })

  it('deletes with a conversation what was said in it later', async () => {
    const one = conversation({ created_at: nowS(), updated_at: nowS() + 1 })
    let isDeleted = false
    const { recorder, looked } = await follow(({ url }) => {
      if (url.pathname === '/conversations/search') return isDeleted ? undefined : pageOf(one)
      if (url.pathname === '/conversations/515') return { body: { ...one, ...parts(part({ created_at: nowS() })) } }
      const answered = isDeleted ? pageOf({ type: 'conversation', id: '515', deleted_at: nowS() }) : undefined
      isDeleted = true
      return answered
    })
    await looked(3)
    expect(recorder.delivered.map(({ mention: { op, id } }) => `${op} ${id}`)).toEqual([
      'create intercom:inbox:conversation-515',
      'create intercom:inbox:part-3',
      'delete intercom:inbox:conversation-515',
      'delete intercom:inbox:part-3',
    ])
  })

  it('is live and says what it misses where deletions are not told to it', async () => {
    const { recorder } = await follow(({ url }) =>
      url.pathname === '/conversations/deleted'
        ? { status: 400, body: { type: 'error.list', errors: [{ code: 'intercom_version_invalid' }] } }
        : undefined,
    )
    await vi.waitFor(() =>
      expect(recorder.reports.at(-1)).toMatchObject({ state: 'live', unseen: expect.stringContaining('deletions') }),
    )
  })
})
