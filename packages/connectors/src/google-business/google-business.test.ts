import { describe, expect, it } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { startLocalServer } from '../compliance/local-server.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { startLocalGoogleBusiness } from './local-google-business.ts'
import { originalText } from './original-text.ts'

const connector = connectors['google-business']!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const context = { source: 'maps', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const parse = (payload: unknown) => connector.parse(Buffer.from(JSON.stringify(payload)), context)
const mentions = (payload: unknown) => parse(payload).sightings.map(({ mention }) => mention)
const NOTHING = { sightings: [], rejects: [] }

const review = (change: object = {}) => ({
  name: 'accounts/1/locations/11/reviews/AIe9_B1',
  reviewId: 'AIe9_B1',
  reviewer: { profilePhotoUrl: 'https://lh3.example/p', displayName: 'Ann Example' },
  starRating: 'TWO',
  comment: 'Waited an hour, then sent away',
  createTime: '2026-11-22T11:00:00.123456789Z',
  updateTime: '2026-11-22T11:00:00.123456789Z',
  ...change,
})
const page = (...reviews: object[]) => ({ reviews, averageRating: 4.1, totalReviewCount: 80, nextPageToken: 'n' })

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  edits: true,
  deletes: true,
  itemsOfChange: 60,
  payload: (text) => Buffer.from(JSON.stringify(page(review({ comment: text })))),
  start: startLocalGoogleBusiness,
})

describe('reading reviews of Google Business Profile', () => {
  it('reads a review with its stars and its place', () => {
    const writtenAt = OBSERVED_AT - 3_600_000 + 123
    expect(parse(page(review()))).toEqual({
      sightings: [
        {
          mention: {
            id: 'google-business:review:AIe9_B1',
            op: 'create',
            rev: String(writtenAt),
            kind: 'review',
            source: 'maps',
            text: 'Waited an hour, then sent away',
            author: { id: 'h(AIe9_B1)', handle: 'Ann Example' },
            rating: { value: 2, min: 1, max: 5 },
            createdAt: writtenAt,
            observedAt: OBSERVED_AT,
            eventTime: writtenAt,
            tags: ['11'],
          },
        },
      ],
      rejects: [],
    })
  })

  it('reads stars without a text, and a person who does not want to be named', () => {
    const [stars] = mentions(review({ comment: undefined }))
    expect(stars).toMatchObject({ text: '', rating: { value: 2 } })
    const [hidden] = mentions(review({ reviewer: { displayName: 'A Google user', isAnonymous: true } }))
    expect(hidden).not.toHaveProperty('author')
    expect(mentions(review({ starRating: 'STAR_RATING_UNSPECIFIED' }))[0]).not.toHaveProperty('rating')
  })

  it('reads an edit under the date at which it was written, and what the owner answered', () => {
    const reviewReply = { comment: 'We are sorry', updateTime: '2026-11-22T11:30:00Z' }
    expect(mentions(review({ updateTime: '2026-11-22T11:10:00Z', reviewReply }))).toMatchObject([
      { op: 'update', rev: String(OBSERVED_AT - 3_000_000), createdAt: OBSERVED_AT - 3_600_000 + 123 },
      {
        id: 'google-business:review:AIe9_B1:reply',
        op: 'create',
        kind: 'comment',
        text: 'We are sorry',
        byBrand: true,
        parentId: 'google-business:review:AIe9_B1',
      },
    ])
    const rejected = { ...reviewReply, reviewReplyState: 'REJECTED' }
    expect(mentions(review({ reviewReply: rejected }))).toHaveLength(1)
  })

  it('reads the reviews of several places, one review, and pages without any', () => {
    const { name, ...rest } = review({ reviewId: undefined })
    const several = { locationReviews: [{ name, review: rest }], nextPageToken: 'n' }
    expect(mentions(several)).toMatchObject([{ id: 'google-business:review:AIe9_B1', tags: ['11'] }])
    expect(mentions([review(), review()])).toHaveLength(2)
    expect([parse({}), parse({ averageRating: 0, totalReviewCount: 0 })]).toEqual([NOTHING, NOTHING])
  })

  it('passes over notices, which only name a review, and refuses what is none', () => {
    const notice = { type: 'NEW_REVIEW', reviewName: review().name, locationName: 'accounts/1/locations/11' }
    const data = Buffer.from(JSON.stringify(notice)).toString('base64')
    expect(parse({ message: { data, messageId: '1' }, subscription: 'projects/p/subscriptions/s' })).toEqual(NOTHING)
    expect(parse(notice)).toEqual(NOTHING)
    for (const other of [{ error: { code: 403 } }, review({ comment: '', starRating: null }), { message: 'x' }])
      expect(parse(other).rejects).toMatchObject([{ reason: 'unknown_shape' }])
  })

  it.each([
    ['(Translated by Google) Too late\n\n(Original)\nZu spät', 'Zu spät'],
    ['Zu spät\n\n(Translated by Google)\nToo late', 'Zu spät'],
    ['(Translated by Google) Too late', 'Too late'],
    ['(Translated by Google) Too late\n\n(Original)\n', 'Too late\n\n(Original)'],
    ['I like the sign (Translated by Google) there', 'I like the sign (Translated by Google) there'],
    ['The (Original)\n(Original) one', 'The (Original)\n(Original) one'],
  ])('keeps of %j what the person wrote', (comment, original) => {
    expect(originalText(comment)).toBe(original)
  })

  it('asks for a person where the project was never approved', async () => {
    const error = {
      code: 429,
      message: "Quota exceeded for quota metric 'Requests'",
      details: [{ reason: 'RATE_LIMIT_EXCEEDED', metadata: { quota_limit_value: '0' } }],
    }
    const server = await startLocalServer({
      answer: ({ url }) =>
        url.pathname === '/token' ? { body: { access_token: 't' } } : { status: 429, body: { error } },
      isFaulty: () => false,
    })
    const config = {
      connector: 'google-business',
      name: 'maps',
      clientId: 'id',
      clientSecret: 'secret',
      refreshToken: 'refresh',
      locations: ['accounts/1/locations/11'],
      everyMs: 10_000,
      endpoint: server.url,
      tokenEndpoint: `${server.url}/token`,
    }
    const running = connector.create(config, createRecorder(createQuickClock(50)).context('maps'))
    await expect(running.run(new AbortController().signal)).rejects.toMatchObject({
      code: 'SOURCE_REFUSED',
      message: expect.stringContaining('not approved'),
    })
    await server.close()
  })
})
