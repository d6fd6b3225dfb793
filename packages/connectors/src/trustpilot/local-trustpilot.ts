import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, type LocalRequest, startLocalServer } from '../compliance/local-server.ts'

const UNIT = '46d6a890ffa235a75b00021d'
const TOKEN_PATH = '/v1/oauth/oauth-business-users-for-applications/accesstoken'

type Review = { id: string; atMs: number; text: string; updatedAt: string | null; gone: boolean }

const shown = ({ id, atMs, text, updatedAt }: Review) => ({
  links: [],
  id,
  consumer: { links: [], id: `c${id.slice(-2)}`, displayName: `Customer ${id.slice(-2)}`, numberOfReviews: 1 },
  businessUnit: { links: [], id: UNIT, identifyingName: 'acme.example', displayName: 'Acme' },
  stars: 1,
  title: 'Late',
  text,
  language: 'en',
  createdAt: new Date(atMs).toISOString(),
  updatedAt,
  companyReply: null,
  numberOfLikes: 0,
  status: 'active',
  referralEmail: 'ann@customer.example',
})

const idOf = ({ id }: Review) => `trustpilot:review:${id}`

/**
 * The private reviews of one business unit: tokens whose life is written as text and may end before, at most 100 reviews
 * a page by the time of writing, single reviews that are 404 once deleted. Every seventh was held for a check.
 */
export const startLocalTrustpilot = async (items: number): Promise<LocalPlatform> => {
  const startMs = Date.now() - 700_000
  const reviews = Array.from({ length: items }, (_, n): Review => ({
    id: (0xabc000 + n).toString(16).padStart(24, '5'),
    atMs: startMs + Math.floor((n * 600_000) / items) - (n % 7 === 3 ? 20_000 : 0),
    text: `Order ${n} never came & no refund`,
    updatedAt: null,
    gone: false,
  }))
  let tokens = 0
  let asked = 0
  const askedAlone = new Set<string>()

  const answer = (request: LocalRequest): LocalAnswer => {
    const { url, headers, method } = request
    if (url.pathname === TOKEN_PATH) {
      const isProven = headers.authorization === `Basic ${Buffer.from('key:secret').toString('base64')}`
      if (method !== 'POST' || !isProven || request.body.toString() !== 'grant_type=client_credentials')
        return { status: 401, body: { reason: 'invalid_client' } }
      tokens += 1
      return { body: { access_token: `token${tokens}`, expires_in: '359999' } }
    }
    asked += 1
    if (asked % 23 === 7) tokens += 1
    if (headers.authorization !== `Bearer token${tokens}`) return { status: 401, body: { message: 'Unauthorized' } }
    const shownNow = reviews.filter(({ gone }) => !gone)
    const [, single] = /^\/v1\/private\/reviews\/(\w+)$/.exec(url.pathname) ?? []
    if (single !== undefined) {
      askedAlone.add(single)
      const review = shownNow.find(({ id }) => id === single)
      return review === undefined ? { status: 404, body: { message: 'Not found' } } : { body: shown(review) }
    }
    if (url.pathname !== `/v1/private/business-units/${UNIT}/reviews`) return { status: 404 }
    const perPage = Math.min(100, Number(url.searchParams.get('perPage')))
    const from = (Number(url.searchParams.get('page')) - 1) * perPage
    const newestFirst = shownNow.toSorted((a, b) => b.atMs - a.atMs)
    return { body: { links: [], reviews: newestFirst.slice(from, from + perPage).map(shown) } }
  }

  const server = await startLocalServer({
    answer,
    isFaulty: ({ url }) => url.pathname !== TOKEN_PATH,
    throttled: { status: 429, body: { message: 'Too many requests' } },
    refusal: { status: 401, body: { message: 'Unauthorized' } },
  })
  return {
    config: {
      businessUnitIds: [UNIT],
      apiKey: 'key',
      apiSecret: 'secret',
      productReviews: false,
      everyMs: 10_000,
      blindAfterMs: 40_000,
      endpoint: server.url,
    },
    ids: new Set(reviews.map(idOf)),
    goDark: server.goDark,
    refuse: server.refuse,
    edit: () => {
      const review = reviews.at(-3)!
      review.text = 'Edit: it came'
      review.updatedAt = new Date().toISOString()
      return idOf(review)
    },
    remove: () => {
      // One whose turn is soon.
      const oldestFirst = reviews.toSorted((a, b) => a.atMs - b.atMs)
      const review = oldestFirst.filter(({ id }) => !askedAlone.has(id))[30] ?? reviews[30]!
      review.gone = true
      return idOf(review)
    },
    close: server.close,
  }
}
