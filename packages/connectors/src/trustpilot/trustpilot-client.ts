import { createGuard, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { SourceContext } from '../connector.ts'
import type { Credentials } from '../http/credentials.ts'
import { renewedBearer } from '../http/credentials.ts'
import { createHttpClient } from '../http/http-client.ts'
import { oauthToken } from '../http/oauth-token.ts'
import { PlatformError } from '../http/platform-error.ts'
import { readJson } from '../http/read-json.ts'
import type { TrustpilotConfig } from './trustpilot-config.ts'

/** 833 requests in five minutes (documentation-apidocumentation.trustpilot.com/rate-limiting). */
const LIMITS = { timeoutMs: 20 * SECOND_MS, maxBodyBytes: 16_777_216, tries: 4, requestsPerMinute: 150 }
const MOST_PER_PAGE = 100

const isPage = createGuard(
  Type.Union([
    Type.Object({ reviews: Type.Array(Type.Unknown()) }),
    Type.Object({ productReviews: Type.Array(Type.Unknown()) }),
  ]),
)
const isReview = createGuard(Type.Object({ id: Type.String() }))

/** Where reviews of one kind stand in the API. */
export type ReviewKind = 'reviews' | 'product-reviews'

/** Reviews of business units: by the private API with key and secret, else by the public one. */
export const createTrustpilotClient = (
  { apiKey = '', apiSecret, endpoint }: TrustpilotConfig,
  { clock, random }: SourceContext,
) => {
  const scope = apiSecret === undefined ? '/v1' : '/v1/private'
  const withSecret = (secret: string): Credentials => {
    const basic = Buffer.from(`${apiKey}:${secret}`).toString('base64')
    const grant = {
      http: createHttpClient({ clock, random, limits: LIMITS }),
      url: new URL('/v1/oauth/oauth-business-users-for-applications/accesstoken', endpoint).href,
      form: { grant_type: 'client_credentials' },
      headers: { authorization: `Basic ${basic}` },
    }
    return renewedBearer({ clock, ask: (signal) => oauthToken(grant, signal) })
  }
  const credentials = apiSecret === undefined ? { headers: async () => ({ apikey: apiKey }) } : withSecret(apiSecret)
  const http = createHttpClient({ clock, random, limits: LIMITS, credentials })

  return {
    /** Reviews by the time of writing, newest first; `page` from 1. A page that is not full is the last. */
    page: async (kind: ReviewKind, unit: string, page: number, signal: AbortSignal, perPage = MOST_PER_PAGE) => {
      const path =
        kind === 'reviews' ? `business-units/${unit}/reviews` : `product-reviews/business-units/${unit}/reviews`
      const url = new URL(`${scope}/${path}`, endpoint)
      if (kind === 'reviews') url.searchParams.set('orderBy', 'createdat.desc')
      url.searchParams.set('perPage', String(perPage))
      url.searchParams.set('page', String(page))
      const { body } = await http.get(url.href, signal)
      const read = readJson(body, isPage, 'a page of reviews')
      const reviews = 'reviews' in read ? read.reviews : read.productReviews
      return { reviews, isLast: reviews.length < perPage }
    },
    /** One review as it is now, or null where it is gone. */
    review: async (kind: ReviewKind, id: string, signal: AbortSignal): Promise<unknown> => {
      try {
        const { body } = await http.get(new URL(`${scope}/${kind}/${encodeURIComponent(id)}`, endpoint).href, signal)
        return readJson(body, isReview, 'a review')
      } catch (error) {
        if (error instanceof PlatformError && (error.status === 404 || error.status === 410)) return null
        throw error
      }
    },
  }
}
