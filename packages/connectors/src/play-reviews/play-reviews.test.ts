import { DAY_MS } from '@outcry/contracts'
import { systemClock } from '@outcry/runtime'
import { describe, expect, it } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { connectors } from '../registry.ts'
import { startLocalPlay } from './local-play.ts'
import { oneWeekShown } from './one-week-shown.ts'

const connector = connectors['play-reviews']!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const WRITTEN_S = OBSERVED_AT / 1_000 - 60
const context = { source: 'play', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const parse = (payload: unknown) => connector.parse(Buffer.from(JSON.stringify(payload)), context)

const said = (change: object = {}) => ({
  userComment: {
    text: 'Not any more\tLogs me out',
    lastModified: { seconds: String(WRITTEN_S), nanos: 5_000_000 },
    starRating: 2,
    reviewerLanguage: 'pt_BR',
    device: 'klte',
    androidOsVersion: 33,
    appVersionCode: 42,
    appVersionName: '4.2.0',
    thumbsUpCount: 3,
    thumbsDownCount: 1,
    deviceMetadata: { productName: 'klte (Galaxy S5)', manufacturer: 'Samsung' },
    ...change,
  },
})
const answered = { developerComment: { text: 'Mended in 4.3', lastModified: { seconds: String(WRITTEN_S + 30) } } }
const review = (...comments: object[]) => ({ reviewId: 'gp:AOqpTOF1', authorName: 'Ann Example', comments })
const page = (...reviews: object[]) => ({
  reviews,
  tokenPagination: { nextPageToken: 'n' },
  pageInfo: { totalResults: 1 },
})
const mentions = (payload: unknown) => parse(payload).sightings.map(({ mention }) => mention)

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  edits: true,
  deletes: true,
  itemsOfChange: 60,
  payload: (text) => Buffer.from(JSON.stringify(page(review(said({ text }))))),
  start: startLocalPlay,
})

describe('reading reviews of Google Play', () => {
  it('reads a review with its stars, language, version and device', () => {
    expect(parse(page(review(said())))).toEqual({
      sightings: [
        {
          mention: {
            id: 'play-reviews:review:gp:AOqpTOF1',
            op: 'create',
            rev: String(WRITTEN_S * 1_000 + 5),
            kind: 'review',
            source: 'play',
            text: 'Logs me out',
            title: 'Not any more',
            lang: 'pt-BR',
            author: { id: 'h(gp:AOqpTOF1)', handle: 'Ann Example' },
            rating: { value: 2, min: 1, max: 5 },
            createdAt: WRITTEN_S * 1_000 + 5,
            observedAt: OBSERVED_AT,
            eventTime: WRITTEN_S * 1_000 + 5,
            engagement: { likes: 3 },
            tags: ['4.2.0', 'klte (Galaxy S5)'],
          },
        },
      ],
      rejects: [],
    })
  })

  it('reads what the developer answered as written by the brand', () => {
    expect(mentions(review(said(), answered))).toMatchObject([
      { kind: 'review' },
      {
        id: 'play-reviews:review:gp:AOqpTOF1:reply',
        kind: 'comment',
        byBrand: true,
        text: 'Mended in 4.3',
        parentId: 'play-reviews:review:gp:AOqpTOF1',
        createdAt: WRITTEN_S * 1_000 + 30_000,
      },
    ])
  })

  it('takes the last of several comments, the untranslated text, and a text without a title', () => {
    const older = said({ text: 'Fine', lastModified: { seconds: '1' } })
    expect(mentions(review(older, said(), older))).toMatchObject([{ text: 'Logs me out' }])
    expect(mentions(review(said({ text: 'Sold\tout', originalText: '\tAusverkauft' })))).toMatchObject([
      { text: 'Ausverkauft' },
    ])
    expect(mentions(review(said({ text: 'Down', originalText: null })))[0]).not.toHaveProperty('title')
    expect(mentions(review(said({ text: 'Down\t' })))).toMatchObject([{ text: 'Down' }])
  })

  it('takes pages without reviews, lists and lines, and refuses what is none', () => {
    const nothing = { sightings: [], rejects: [] }
    expect([parse({}), parse({ tokenPagination: {} }), parse({ reviews: [] })]).toEqual([nothing, nothing, nothing])
    expect(parse([review(said()), review(said())]).sightings).toHaveLength(2)
    const lines = `${JSON.stringify(review(said()))}\n${JSON.stringify(page(review(said())))}\n`
    expect(connector.parse(Buffer.from(lines), context).sightings).toHaveLength(2)
    for (const other of [{ error: { code: 403 } }, review(), { result: { replyText: 'Thanks' } }])
      expect(parse(other).rejects).toMatchObject([{ reason: 'unknown_shape' }])
  })

  it.each(['{}', 'no JSON', JSON.stringify({ client_email: 'a', private_key: 'b', token_uri: 'https://x.example' })])(
    'refuses the key file %s before anything is asked',
    (serviceAccount) => {
      const config = { connector: 'play-reviews', name: 's', serviceAccount, packages: ['com.acme'] }
      expect(() => connector.create(config, { source: 's', clock: systemClock } as never)).toThrow(
        expect.objectContaining({ code: 'SOURCE_CONFIG_INVALID' }),
      )
    },
  )

  it('counts a gap after more than the week that is shown', async () => {
    let now = OBSERVED_AT
    let position: unknown = null
    const gaps: string[] = []
    const clock = { ...systemClock, now: () => now }
    const inner = {
      name: 'com.acme',
      look: async ({ deliver, position: before }: Parameters<Parameters<typeof oneWeekShown>[0]['look']>[0]) => {
        await deliver({ sightings: [], position: Number(before ?? 0) + 1 })
        return { until: now, again: false }
      },
    }
    const look = () =>
      oneWeekShown(inner, clock).look({
        position,
        deliver: async (found) => void (position = JSON.parse(JSON.stringify(found.position))),
        gap: (reason) => void gaps.push(reason),
        signal: new AbortController().signal,
      })
    await look()
    now += 6 * DAY_MS
    await look()
    expect(gaps).toEqual([])
    now += 8 * DAY_MS
    await look()
    expect(gaps).toHaveLength(1)
    expect(position).toEqual({ inner: 3, lookedAt: now })
  })
})
