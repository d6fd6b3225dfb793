import { describe, expect, it } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { connectors } from '../registry.ts'
import { startLocalTrustpilot } from './local-trustpilot.ts'

const connector = connectors['trustpilot']!
const webhook = connector.webhook!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const context = { source: 'reviews', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const parse = (payload: unknown) => connector.parse(Buffer.from(JSON.stringify(payload)), context)
const mentionsOf = (payload: unknown) => parse(payload).sightings.map(({ mention }) => mention)

const review = (change: object = {}) => ({
  links: [{ href: 'https://api.trustpilot.com/v1/reviews/5f0', rel: 'self', method: 'GET' }],
  id: '5f0c0ffee0ddba11ad000001',
  consumer: { id: '5e0', displayName: 'Ann Example', displayLocation: null },
  stars: 1,
  title: 'Never again',
  text: 'Charged twice, nobody answers',
  language: 'en',
  createdAt: '2026-11-22T11:59:00Z',
  updatedAt: null,
  companyReply: null,
  numberOfLikes: 3,
  isVerified: true,
  ...change,
})
const sent = {
  id: '5f0c0ffee0ddba11ad000001',
  language: 'en',
  title: 'Never again',
  text: 'Charged twice, nobody answers',
  referenceId: 'order-1',
  stars: 1,
  createdAt: '2026-11-22T11:59:00.000Z',
  isVerified: true,
  locationId: null,
  link: 'https://api.trustpilot.com/v1/reviews/5f0c0ffee0ddba11ad000001',
  consumer: { id: '5e0', name: 'Ann Example', link: 'https://api.trustpilot.com/v1/consumers/5e0' },
  tags: [{ group: 'Generic', value: 'Refund' }],
}
const event = (eventName: string, eventData: unknown) => ({ eventName, version: '1', eventData })

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  edits: true,
  deletes: true,
  itemsOfChange: 200,
  payload: (text) => Buffer.from(JSON.stringify({ links: [], reviews: [review({ title: null, text })] })),
  start: startLocalTrustpilot,
})

describe('reading reviews of Trustpilot', () => {
  it('reads a review of the API with stars, author, language and address, and nothing private', () => {
    expect(parse({ links: [], reviews: [review({ referralEmail: 'ann@customer.example' })] })).toEqual({
      sightings: [
        {
          mention: {
            id: 'trustpilot:review:5f0c0ffee0ddba11ad000001',
            op: 'create',
            rev: expect.stringMatching(/^[\w-]{16}$/),
            kind: 'review',
            source: 'reviews',
            title: 'Never again',
            text: 'Charged twice, nobody answers',
            lang: 'en',
            rating: { value: 1, min: 1, max: 5 },
            url: 'https://www.trustpilot.com/reviews/5f0c0ffee0ddba11ad000001',
            author: { id: 'h(5e0)', handle: 'Ann Example' },
            createdAt: OBSERVED_AT - 60_000,
            observedAt: OBSERVED_AT,
            eventTime: OBSERVED_AT - 60_000,
            engagement: { likes: 3 },
          },
        },
      ],
      rejects: [],
    })
  })

  it('reads what the company replied as written by the brand, in answer to the review', () => {
    const companyReply = { text: 'Sorry, we look into it', createdAt: '2026-11-22T11:59:30', updatedAt: null }
    const touched = (updatedAt: string) => mentionsOf(review({ companyReply: { ...companyReply, updatedAt } }))[1]
    expect(touched(companyReply.createdAt)).toMatchObject({ op: 'create' })
    expect(touched('2026-11-22T11:59:40')).toMatchObject({ op: 'update' })
    expect(mentionsOf(review({ companyReply }))[1]).toMatchObject({
      id: 'trustpilot:review:5f0c0ffee0ddba11ad000001:reply',
      kind: 'comment',
      byBrand: true,
      parentId: 'trustpilot:review:5f0c0ffee0ddba11ad000001',
      text: 'Sorry, we look into it',
      createdAt: OBSERVED_AT - 30_000,
    })
  })

  it('tells reviews of products apart, and takes the title for the text where there is none', () => {
    const ofProduct = {
      id: '6a',
      stars: 2,
      content: 'Broke on day one',
      product: { name: 'Red shoe', sku: 'R1' },
      consumer: { id: 'c9', displayName: 'Bob' },
      createdAt: '2026-11-22T11:00:00.1234567Z',
      language: 'en',
    }
    expect(mentionsOf([{ productReviews: [ofProduct] }, review({ text: '' })])).toMatchObject([
      { id: 'trustpilot:product-review:6a', text: 'Broke on day one', tags: ['Red shoe'] },
      { text: 'Never again' },
    ])
  })
})

describe('webhooks of Trustpilot', () => {
  const config = { connector: 'trustpilot', name: 'reviews', webhookSecret: 'long enough to be a secret' }
  const read = (...events: unknown[]) =>
    webhook.read(config, { headers: {}, query: {}, body: Buffer.from(JSON.stringify({ events })) }, context)
  const verify = (query: Record<string, string>, authorization?: string) =>
    webhook.verify(config, { headers: { authorization }, query, body: Buffer.from('{}') }, OBSERVED_AT)

  it('give the revision that polling gives', () => {
    const [byWebhook] = read(event('service-review-created', sent)).sightings
    const [byPolling] = mentionsOf(review())
    const { id, rev, op, author } = byPolling!
    expect(byWebhook!.mention).toMatchObject({ id, rev, op, author, tags: ['Refund'] })
  })

  it('carry several events at once, and pass over those of other kinds', () => {
    const { sightings, rejects } = read(
      event('service-review-created', sent),
      event('service-review-updated', { ...sent, stars: 4, text: 'Solved' }),
      event('service-review-deleted', { id: sent.id }),
      event('product-review-deleted', { id: '6a' }),
      event('service-review-reply-created', { id: 'x' }),
      event('', {}),
      event('service-review-updated', null),
    )
    expect(sightings.map(({ mention: { id, op, text } }) => [id.slice(-4), op, text])).toEqual([
      ['0001', 'create', 'Charged twice, nobody answers'],
      ['0001', 'update', 'Solved'],
      ['0001', 'delete', ''],
      ['w:6a', 'delete', ''],
    ])
    expect(new Set(sightings.slice(0, 2).map(({ mention }) => mention.rev)).size).toBe(2)
    expect(rejects).toHaveLength(2)
  })

  it('are believed with the secret in the address, as a query or a password, and with no other', () => {
    const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`
    expect(verify({ secret: config.webhookSecret })).toBe('valid')
    expect(verify({}, basic(`outcry:${config.webhookSecret}`))).toBe('valid')
    expect(verify({ secret: 'another secret of that length' })).toBe('mismatch')
    expect(verify({ secret: '' })).toBe('mismatch')
    expect(verify({}, basic('outcry:'))).toBe('mismatch')
    expect(verify({})).toBe('mismatch')
    const silent = { connector: 'trustpilot', name: 'reviews' }
    expect(webhook.verify(silent, { headers: {}, query: {}, body: Buffer.from('') }, OBSERVED_AT)).toBe('off')
  })
})

describe('a source of Trustpilot', () => {
  const create = (fields: object) => {
    const clock = createQuickClock(50)
    const recorder = createRecorder(clock)
    const config = { connector: 'trustpilot', name: 'r', businessUnitIds: [], productReviews: false, ...fields }
    return { recorder, source: () => connector.create(config, recorder.context('r')) }
  }

  it('refuses a configuration with nothing to read', () => {
    for (const fields of [{}, { businessUnitIds: ['46d6a890ffa235a75b00021d'] }, { apiKey: 'key' }])
      expect(create(fields).source).toThrow(expect.objectContaining({ code: 'SOURCE_CONFIG_INVALID' }))
  })

  it('is live while it only waits for webhooks', async () => {
    const { recorder, source } = create({ webhookSecret: 'long enough to be a secret' })
    const abort = new AbortController()
    const running = source().run(abort.signal)
    expect(recorder.reports).toMatchObject([{ state: 'live', reason: 'waiting for webhooks' }])
    abort.abort()
    await running
  })
})
