import { describe, expect, it } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { connectors } from '../registry.ts'
import { startLocalAppStoreConnect } from './local-app-store-connect.ts'

const connector = connectors['app-store-connect']!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const context = { source: 'store', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const parse = (payload: unknown) => connector.parse(Buffer.from(JSON.stringify(payload)), context)

const review = (change: object = {}, around: object = {}) => ({
  type: 'customerReviews',
  id: '00000028-b08c-0014-729e-fbd500000001',
  attributes: {
    rating: 2,
    title: 'Not any more',
    body: 'Logs me out & loses my cart',
    reviewerNickname: 'ann',
    createdDate: '2026-11-22T03:00:00-08:00',
    territory: 'USA',
    ...change,
  },
  relationships: { response: { links: { related: 'https://api.example/v1/customerReviews/1/response' } } },
  ...around,
})
const response = (change: object = {}, relationships: object = {}) => ({
  type: 'customerReviewResponses',
  id: 'r1',
  attributes: {
    responseBody: 'Mended in 4.2',
    lastModifiedDate: '2026-11-22T03:30:00-08:00',
    state: 'PUBLISHED',
    ...change,
  },
  relationships,
})
const REVIEW_ID = 'app-store-connect:review:00000028-b08c-0014-729e-fbd500000001'

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  edits: true,
  deletes: true,
  itemsOfChange: 60,
  payload: (text) => Buffer.from(JSON.stringify({ data: [review({ title: null, body: text })], links: {} })),
  start: startLocalAppStoreConnect,
})

describe('reading reviews of App Store Connect', () => {
  it('reads a review with its stars, nickname and territory', () => {
    expect(parse({ data: [review()], links: { self: 'x' }, meta: { paging: { total: 1, limit: 1 } } })).toEqual({
      sightings: [
        {
          mention: {
            id: REVIEW_ID,
            op: 'create',
            rev: expect.stringMatching(/^[\w-]{16}$/),
            kind: 'review',
            source: 'store',
            text: 'Logs me out & loses my cart',
            title: 'Not any more',
            author: { id: 'h(ann)', handle: 'ann' },
            rating: { value: 2, min: 1, max: 5 },
            createdAt: OBSERVED_AT - 3_600_000,
            observedAt: OBSERVED_AT,
            eventTime: OBSERVED_AT - 3_600_000,
            tags: ['USA'],
          },
        },
      ],
      rejects: [],
    })
  })

  it.each([
    ['the review names its answer', { response: { data: { type: 'customerReviewResponses', id: 'r1' } } }, {}],
    ['the answer names its review', {}, { review: { data: { type: 'customerReviews', id: review().id } } }],
  ])('reads an answer as written by the brand, where %s', (_, ofReview, ofResponse) => {
    const document = {
      data: review({}, { relationships: ofReview }),
      included: [response({}, ofResponse), { type: 'apps' }],
    }
    const { sightings, rejects } = parse(document)
    expect(sightings.map(({ mention }) => mention)).toMatchObject([
      { id: REVIEW_ID },
      {
        id: 'app-store-connect:response:r1',
        kind: 'comment',
        text: 'Mended in 4.2',
        byBrand: true,
        parentId: REVIEW_ID,
        createdAt: OBSERVED_AT - 1_800_000,
      },
    ])
    expect(rejects).toEqual([])
  })

  it('reads one review, one answer, and an array, and passes over what is not public or something else', () => {
    expect(parse({ data: review() }).sightings).toHaveLength(1)
    expect(parse([review(), response()]).sightings).toHaveLength(2)
    const ofReview = { review: { data: { id: review().id } } }
    expect(parse({ data: response({ state: 'PENDING_PUBLISH' }, ofReview) })).toEqual({ sightings: [], rejects: [] })
    expect(parse({ data: [{ type: 'apps', id: '1', attributes: { name: 'Acme' } }] })).toEqual({
      sightings: [],
      rejects: [],
    })
    expect(parse({ data: null })).toEqual({ sightings: [], rejects: [] })
  })

  it('refuses with a reason what is no review', () => {
    expect(parse({ errors: [{ status: '401', code: 'NOT_AUTHORIZED' }] }).rejects).toHaveLength(1)
    expect(parse({ data: [review({ body: null, title: null })] }).rejects).toMatchObject([{ reason: 'unknown_shape' }])
  })

  it('refuses a key that is none before anything is asked', () => {
    const config = { connector: 'app-store-connect', keyId: 'K', privateKey: 'x', apps: ['12345'], territories: [] }
    expect(() => connector.create({ ...config, name: 's' }, { source: 's' } as never)).toThrow(
      expect.objectContaining({ code: 'SOURCE_CONFIG_INVALID' }),
    )
  })
})
