import { generateKeyPairSync, verify } from 'node:crypto'
import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, type LocalRequest, startLocalServer } from '../compliance/local-server.ts'

const PACKAGE = 'com.acme.shop'
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
const REFUSED: LocalAnswer = {
  status: 401,
  body: { error: { code: 401, message: 'Request had invalid authentication credentials.', status: 'UNAUTHENTICATED' } },
}

type Review = { id: string; atS: number; text: string; gone: boolean }

const shown = ({ id, atS, text }: Review) => ({
  reviewId: id,
  authorName: id.endsWith('7') ? '' : 'A Google user',
  comments: [
    {
      userComment: {
        text: `\t${text}`,
        lastModified: { seconds: String(atS), nanos: 713_000_000 },
        starRating: 1,
        reviewerLanguage: 'en',
        device: 'klte',
        androidOsVersion: 33,
        appVersionCode: 42,
        appVersionName: '4.2.0',
        thumbsUpCount: 1,
        thumbsDownCount: 0,
      },
    },
  ],
})

const isGranted = (form: URLSearchParams, tokenUri: string): boolean => {
  const [header = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.')
  const { iss, aud, scope, iat, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString())
  return (
    form.get('grant_type') === 'urn:ietf:params:oauth:grant-type:jwt-bearer' &&
    iss === 'reader@acme.example' &&
    aud === tokenUri &&
    scope === 'https://www.googleapis.com/auth/androidpublisher' &&
    exp - iat <= 3_600 &&
    verify('sha256', Buffer.from(`${header}.${claims}`), publicKey, Buffer.from(signature, 'base64url'))
  )
}

/**
 * The reviews of one app: tokens for signed grants, that may end before their time; what changed last comes first, 100 a
 * page, by tokens of pages; limits as 403 with a reason.
 */
export const startLocalPlay = async (items: number): Promise<LocalPlatform> => {
  const startS = Math.floor(Date.now() / 1_000) - 700
  const reviews = Array.from({ length: items }, (_, n): Review => ({
    id: `gp:AOqpTOF${String(n).padStart(5, '0')}`,
    atS: startS + Math.floor((n * 600) / items) - (n % 7 === 3 ? 1 : 0),
    text: `Order ${n} never came & no refund`,
    gone: false,
  }))
  const path = `/androidpublisher/v3/applications/${PACKAGE}/reviews`
  let tokens = 0
  let asked = 0

  const answer = ({ url, headers, body }: LocalRequest): LocalAnswer => {
    if (url.pathname === '/token') {
      if (!isGranted(new URLSearchParams(body.toString()), `${server.url}/token`))
        return { status: 400, body: { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' } }
      tokens += 1
      return { body: { access_token: `token${tokens}`, expires_in: 3_599, token_type: 'Bearer' } }
    }
    asked += 1
    if (asked % 11 === 5) tokens += 1
    if (headers.authorization !== `Bearer token${tokens}`) return REFUSED
    const left = reviews.filter(({ gone }) => !gone).toSorted((a, b) => a.atS - b.atS)
    if (url.pathname.startsWith(`${path}/`)) {
      const id = decodeURIComponent(url.pathname.slice(path.length + 1))
      const review = left.find((each) => each.id === id)
      return review === undefined ? { status: 404, body: { error: { code: 404 } } } : { body: shown(review) }
    }
    const most = Number(url.searchParams.get('maxResults'))
    if (url.pathname !== path || most > 100) return { status: 400, body: { error: { code: 400 } } }
    const from = Number(url.searchParams.get('token')?.replace('page', '') ?? 0)
    const page = left.toReversed().slice(from, from + most)
    const isLast = from + most >= left.length
    return {
      body: {
        ...(page.length === 0 ? {} : { reviews: page.map(shown) }),
        ...(isLast ? {} : { tokenPagination: { nextPageToken: `page${from + most - 3}` } }),
      },
    }
  }

  const server = await startLocalServer({
    answer,
    isFaulty: ({ url }) => url.pathname !== '/token',
    throttled: {
      status: 403,
      body: { error: { code: 403, errors: [{ reason: 'quotaExceeded', domain: 'usageLimits' }] } },
    },
    refusal: REFUSED,
  })
  const idOf = ({ id }: Review) => `play-reviews:review:${id}`
  return {
    config: {
      serviceAccount: JSON.stringify({
        type: 'service_account',
        client_email: 'reader@acme.example',
        private_key_id: 'k1',
        private_key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
        token_uri: `${server.url}/token`,
      }),
      packages: [PACKAGE],
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
      review.atS = Math.floor(Date.now() / 1_000)
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
