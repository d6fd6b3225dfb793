import { generateKeyPairSync, verify } from 'node:crypto'
import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, type LocalRequest, startLocalServer } from '../compliance/local-server.ts'

const APP = '682658836'
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const REFUSED: LocalAnswer = {
  status: 401,
  body: { errors: [{ status: '401', code: 'NOT_AUTHORIZED', title: 'Authentication credentials are missing' }] },
}

type Review = { id: string; atMs: number; body: string; gone: boolean }

const written = (atMs: number): string => `${new Date(atMs - 8 * 3_600_000).toISOString().slice(0, 19)}-08:00`
const shown = ({ id, atMs, body }: Review) => ({
  type: 'customerReviews',
  id,
  attributes: {
    rating: 1,
    title: 'Broken',
    body,
    reviewerNickname: `user ${id.slice(-2)}`,
    createdDate: written(atMs),
    territory: 'USA',
  },
  relationships: { response: { links: { self: 'https://x.example/response' } } },
})

const isSigned = (token: string): boolean => {
  const [header = '', claims = '', signature = ''] = token.split('.')
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString())
  const { iss, aud, iat, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString())
  const isAllowed = kid === 'KEY1234567' && iss === 'team' && aud === 'appstoreconnect-v1' && exp - iat <= 20 * 60
  const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
  return isAllowed && verify('sha256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url'))
}

/**
 * The reviews of one app: signed tokens that may end before their time, newest first, at most 200 a page, every seventh a
 * second out of order, an hourly limit that is told in a header.
 */
export const startLocalAppStoreConnect = async (items: number): Promise<LocalPlatform> => {
  const startMs = Math.floor(Date.now() / 1_000) * 1_000 - 700_000
  const reviews = Array.from({ length: items }, (_, n): Review => ({
    id: `00000028-b08c-0014-729e-${String(n).padStart(12, '0')}`,
    atMs: startMs + Math.floor((n * 600) / items) * 1_000 - (n % 7 === 3 ? 1_000 : 0),
    body: `Order ${n} never came & no refund`,
    gone: false,
  }))
  const ended = new Set<string>()
  let asked = 0

  const answer = ({ url, headers }: LocalRequest): LocalAnswer => {
    const token = headers.authorization?.replace('Bearer ', '') ?? ''
    asked += 1
    if (asked % 11 === 5) ended.add(token)
    if (ended.has(token) || !isSigned(token)) return REFUSED
    const limits = { 'x-rate-limit': `user-hour-lim:3500;user-hour-rem:${3_500 - (asked % 3_000)};` }
    const left = reviews.filter(({ gone }) => !gone)
    const one = /^\/v1\/customerReviews\/(.+)$/.exec(url.pathname)?.[1]
    if (one !== undefined) {
      const review = left.find(({ id }) => id === one)
      return review === undefined
        ? { status: 404, body: { errors: [{ code: 'NOT_FOUND' }] } }
        : { body: { data: shown(review) } }
    }
    const limit = Number(url.searchParams.get('limit'))
    if (
      url.pathname !== `/v1/apps/${APP}/customerReviews` ||
      url.searchParams.get('sort') !== '-createdDate' ||
      limit > 200
    )
      return { status: 400, body: { errors: [{ code: 'PARAMETER_ERROR' }] } }
    const from = Number(url.searchParams.get('cursor') ?? 0)
    const next = new URL(url)
    next.searchParams.set('cursor', String(from + limit - 3))
    const page = left.toReversed().slice(from, from + limit)
    const isLast = from + limit >= left.length
    return {
      headers: limits,
      body: {
        data: page.map(shown),
        links: { self: url.href, ...(isLast ? {} : { next: `${server.url}${next.pathname}${next.search}` }) },
        meta: { paging: { total: left.length, limit } },
      },
    }
  }

  const server = await startLocalServer({
    answer,
    throttled: {
      status: 429,
      headers: { 'x-rate-limit': 'user-hour-lim:3500;user-hour-rem:0;' },
      body: { errors: [{ status: '429', code: 'RATE_LIMIT_EXCEEDED' }] },
    },
    refusal: REFUSED,
  })
  const idOf = ({ id }: Review) => `app-store-connect:review:${id}`
  return {
    config: {
      keyId: 'KEY1234567',
      issuerId: 'team',
      privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      apps: [APP],
      territories: [],
      responses: true,
      everyMs: 10_000,
      blindAfterMs: 40_000,
      endpoint: server.url,
    },
    ids: new Set(reviews.map(idOf)),
    goDark: server.goDark,
    refuse: server.refuse,
    edit: () => {
      const review = reviews.at(-3)!
      review.body = 'Edit: it came'
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
