import { createGuard, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { SourceContext } from '../connector.ts'
import { googleWait, hasNoQuota } from '../google/google-limits.ts'
import { renewedBearer } from '../http/credentials.ts'
import { createHttpClient } from '../http/http-client.ts'
import { oauthToken } from '../http/oauth-token.ts'
import { PlatformError, PlatformRefusal } from '../http/platform-error.ts'
import { readJson } from '../http/read-json.ts'
import type { GoogleBusinessConfig } from './google-business-config.ts'

/** 300 requests a minute for a project. */
const LIMITS = { timeoutMs: 30 * SECOND_MS, maxBodyBytes: 16_777_216, tries: 4, requestsPerMinute: 200 }
const MOST_PER_PAGE = '50'

const isPage = createGuard(
  Type.Object({
    reviews: Type.Optional(Type.Array(Type.Unknown())),
    nextPageToken: Type.Optional(Type.String()),
  }),
)
const isReview = createGuard(Type.Object({ reviewId: Type.String() }))

/** `next`: asks for the page after it, null at the end. */
export type BusinessPage = { reviews: readonly unknown[]; next: string | null }

/** Reviews of the Google My Business API v4 (developers.google.com/my-business/content/review-data). */
export const createGoogleBusinessClient = (config: GoogleBusinessConfig, context: SourceContext) => {
  const { clock, random } = context
  const { clientId, clientSecret, refreshToken, tokenEndpoint } = config
  let isApproved = true
  const tokens = createHttpClient({ clock, random, limits: LIMITS, waitOf: googleWait })
  const form = {
    grant_type: 'refresh_token',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  }
  const http = createHttpClient({
    clock,
    random,
    limits: LIMITS,
    credentials: renewedBearer({
      clock,
      ask: (signal) => oauthToken({ http: tokens, url: tokenEndpoint, form }, signal),
    }),
    waitOf: (answer) => {
      isApproved = !hasNoQuota(answer)
      return googleWait(answer)
    },
  })

  const get = async (address: string, signal: AbortSignal): Promise<Buffer> => {
    try {
      return (await http.get(`${config.endpoint}/v4/${address}`, signal)).body
    } catch (error) {
      if (isApproved || !(error instanceof PlatformError)) throw error
      throw new PlatformRefusal(error.status, 'the project is not approved for the API, its quota is 0')
    }
  }

  return {
    page: async (location: string, pageToken: string | null, signal: AbortSignal): Promise<BusinessPage> => {
      const query = new URLSearchParams({
        pageSize: MOST_PER_PAGE,
        orderBy: 'updateTime desc',
        ...(pageToken === null ? {} : { pageToken }),
      })
      const page = readJson(await get(`${location}/reviews?${query.toString()}`, signal), isPage, 'a page of reviews')
      return { reviews: page.reviews ?? [], next: page.nextPageToken || null }
    },
    /** Null where it is gone. */
    review: async (location: string, id: string, signal: AbortSignal): Promise<unknown> => {
      try {
        return readJson(await get(`${location}/reviews/${encodeURIComponent(id)}`, signal), isReview, 'a review')
      } catch (error) {
        if (error instanceof PlatformError && error.status === 404) return null
        throw error
      }
    },
  }
}
