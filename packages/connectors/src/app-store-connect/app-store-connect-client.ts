import { createGuard, MINUTE_MS, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { SourceContext } from '../connector.ts'
import { renewedBearer } from '../http/credentials.ts'
import { createHttpClient, type HttpAnswer } from '../http/http-client.ts'
import { PlatformError } from '../http/platform-error.ts'
import { readJson } from '../http/read-json.ts'
import { signingKey, signJwt } from '../http/sign-jwt.ts'
import type { AppStoreConnectConfig } from './app-store-connect-config.ts'

/** About 3,500 requests an hour for all that use the key. */
const LIMITS = { timeoutMs: 30 * SECOND_MS, maxBodyBytes: 16_777_216, tries: 4, requestsPerMinute: 50 }
/** The hour rolls, so that some of it comes back every minute. */
const SPENT_WAIT_MS = MINUTE_MS
/** Tokens for longer than 20 minutes are refused; a clock that is five minutes off does no harm. */
const TOKEN_BEFORE_S = 300
const TOKEN_FOR_S = 600
const MOST_PER_PAGE = '200'

const isPage = createGuard(
  Type.Object({
    data: Type.Array(Type.Unknown()),
    links: Type.Optional(Type.Object({ next: Type.Optional(Type.Union([Type.String(), Type.Null()])) })),
  }),
)
const isOne = createGuard(Type.Object({ data: Type.Object({}) }))

/** `document`: the answer as it came. `next`: the address of the page after it, null at the end. */
export type ReviewsPage = { document: unknown; next: string | null }

/** Customer reviews of the App Store Connect API (developer.apple.com/documentation/appstoreconnectapi/customer-reviews). */
export const createAppStoreConnectClient = (config: AppStoreConnectConfig, context: SourceContext) => {
  const { clock, random, source } = context
  const { keyId, issuerId, endpoint } = config
  const key = signingKey(config.privateKey, 'ec', source)
  const credentials = renewedBearer({
    clock,
    ask: async () => {
      const nowS = Math.floor(clock.now() / SECOND_MS)
      const claims = {
        ...(issuerId === undefined ? { sub: 'user' } : { iss: issuerId }),
        iat: nowS - TOKEN_BEFORE_S,
        exp: nowS + TOKEN_FOR_S,
        aud: 'appstoreconnect-v1',
      }
      const token = signJwt({ algorithm: 'ES256', key, header: { kid: keyId }, claims })
      return { token, lifetimeMs: TOKEN_FOR_S * SECOND_MS }
    },
  })
  const http = createHttpClient({ clock, random, limits: LIMITS, credentials, waitOf: hourlyWait })
  const include: Record<string, string> = config.responses ? { include: 'response' } : {}
  const address = (path: string, query: Readonly<Record<string, string>>): string => {
    const url = new URL(path, endpoint)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    return url.href
  }

  return {
    page: async (app: string, next: string | null, signal: AbortSignal): Promise<ReviewsPage> => {
      const territory = config.territories.join(',')
      const first = address(`/v1/apps/${app}/customerReviews`, {
        sort: '-createdDate',
        limit: MOST_PER_PAGE,
        ...include,
        ...(territory === '' ? {} : { 'filter[territory]': territory }),
      })
      const { body } = await http.get(next ?? first, signal)
      const document = readJson(body, isPage, 'a page of reviews')
      const following = document.links?.next ?? null
      // The token goes to whom it is for, whatever an answer says.
      if (following !== null && new URL(following, endpoint).origin !== new URL(endpoint).origin)
        throw new Error('the platform names a page elsewhere')
      return { document, next: following === null ? null : new URL(following, endpoint).href }
    },
    /** The answer that has the review, null where it is gone. */
    review: async (id: string, signal: AbortSignal): Promise<unknown> => {
      try {
        const { body } = await http.get(address(`/v1/customerReviews/${encodeURIComponent(id)}`, include), signal)
        return readJson(body, isOne, 'a review')
      } catch (error) {
        if (error instanceof PlatformError && error.status === 404) return null
        throw error
      }
    },
  }
}

/** `X-Rate-Limit: user-hour-lim:3500;user-hour-rem:500;`: a twentieth is left to others that use the key. */
const hourlyWait = ({ status, headers }: HttpAnswer): number | null => {
  const told = headers.get('x-rate-limit') ?? ''
  const limit = Number(/user-hour-lim:(\d+)/.exec(told)?.[1] ?? Number.NaN)
  const remaining = Number(/user-hour-rem:(\d+)/.exec(told)?.[1] ?? Number.NaN)
  const isSpent = remaining * 20 <= limit
  return isSpent || (status === 429 && !headers.has('retry-after')) ? SPENT_WAIT_MS : null
}
