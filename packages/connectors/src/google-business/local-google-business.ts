import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, type LocalRequest, startLocalServer } from '../compliance/local-server.ts'

const LOCATIONS = ['accounts/1/locations/11', 'accounts/1/locations/12']
const REFUSED: LocalAnswer = {
  status: 401,
  body: { error: { code: 401, message: 'Request had invalid authentication credentials.', status: 'UNAUTHENTICATED' } },
}

type Review = { id: string; location: string; atMs: number; changedMs: number; comment?: string; gone: boolean }

/** As Google writes times: with up to nine digits of a second. */
const written = (atMs: number): string => new Date(atMs).toISOString().replace('Z', '123Z')
const shown = ({ id, location, atMs, changedMs, comment }: Review) => ({
  name: `${location}/reviews/${id}`,
  reviewId: id,
  reviewer: { profilePhotoUrl: 'https://lh3.example/p', displayName: 'Ann Example' },
  starRating: 'ONE',
  ...(comment === undefined ? {} : { comment }),
  createTime: written(atMs),
  updateTime: written(changedMs),
})

/**
 * The reviews of two locations: tokens for a refresh token, that may end before their time; what changed last comes first,
 * 50 a page, by tokens of pages; every tenth has stars only; limits as 429.
 */
export const startLocalGoogleBusiness = async (items: number): Promise<LocalPlatform> => {
  const startMs = Date.now() - 700_000
  const reviews = Array.from({ length: items }, (_, n): Review => {
    const atMs = startMs + Math.floor((n * 600_000) / items)
    const comment = n % 10 === 9 ? {} : { comment: `(Translated by Google) Late ${n}\n\n(Original)\nZu spät ${n}` }
    return { id: `AIe9_B${n}`, location: LOCATIONS[n % 2]!, atMs, changedMs: atMs, ...comment, gone: false }
  })
  let tokens = 0
  let asked = 0

  const answer = ({ url, headers, body }: LocalRequest): LocalAnswer => {
    if (url.pathname === '/token') {
      const form = new URLSearchParams(body.toString())
      const isGranted =
        form.get('grant_type') === 'refresh_token' &&
        form.get('refresh_token') === 'refresh' &&
        form.get('client_id') === 'id' &&
        form.get('client_secret') === 'secret'
      if (!isGranted) return { status: 400, body: { error: 'invalid_grant', error_description: 'Bad Request' } }
      tokens += 1
      return { body: { access_token: `token${tokens}`, expires_in: 3_599, scope: 'x', token_type: 'Bearer' } }
    }
    asked += 1
    if (asked % 11 === 5) tokens += 1
    if (headers.authorization !== `Bearer token${tokens}`) return REFUSED
    const [, location, id] = /^\/v4\/(accounts\/\d+\/locations\/\d+)\/reviews(?:\/(.+))?$/.exec(url.pathname) ?? []
    const left = reviews
      .filter((each) => each.location === location && !each.gone)
      .toSorted((a, b) => b.changedMs - a.changedMs)
    if (id !== undefined) {
      const review = left.find((each) => each.id === id)
      return review === undefined ? { status: 404, body: { error: { code: 404 } } } : { body: shown(review) }
    }
    const most = Number(url.searchParams.get('pageSize'))
    if (most > 50 || url.searchParams.get('orderBy') !== 'updateTime desc')
      return { status: 400, body: { error: { code: 400 } } }
    const from = Number(url.searchParams.get('pageToken')?.replace('page', '') ?? 0)
    const page = left.slice(from, from + most)
    return {
      body: {
        ...(page.length === 0 ? {} : { reviews: page.map(shown) }),
        averageRating: 1,
        totalReviewCount: left.length,
        ...(from + most >= left.length ? {} : { nextPageToken: `page${from + most - 3}` }),
      },
    }
  }

  const server = await startLocalServer({
    answer,
    isFaulty: ({ url }) => url.pathname !== '/token',
    throttled: {
      status: 429,
      headers: { 'retry-after': '2' },
      body: { error: { code: 429, status: 'RESOURCE_EXHAUSTED' } },
    },
    refusal: REFUSED,
  })
  const idOf = ({ id }: Review) => `google-business:review:${id}`
  return {
    config: {
      clientId: 'id',
      clientSecret: 'secret',
      refreshToken: 'refresh',
      locations: LOCATIONS,
      everyMs: 10_000,
      blindAfterMs: 40_000,
      endpoint: server.url,
      tokenEndpoint: `${server.url}/token`,
    },
    ids: new Set(reviews.map(idOf)),
    goDark: server.goDark,
    refuse: server.refuse,
    edit: () => {
      const review = reviews.at(-3)!
      review.comment = 'Edit: it came'
      review.changedMs = Date.now()
      return idOf(review)
    },
    remove: () => {
      const review = reviews.at(3)!
      review.gone = true
      return idOf(review)
    },
    close: server.close,
  }
}
