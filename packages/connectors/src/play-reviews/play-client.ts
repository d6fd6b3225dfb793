import { createGuard, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { SourceContext } from '../connector.ts'
import { googleWait } from '../google/google-limits.ts'
import { serviceAccount } from '../google/service-account.ts'
import { createHttpClient } from '../http/http-client.ts'
import { PlatformError } from '../http/platform-error.ts'
import { readJson } from '../http/read-json.ts'
import type { PlayReviewsConfig } from './play-reviews-config.ts'

const SCOPE = 'https://www.googleapis.com/auth/androidpublisher'
/** 200 requests an hour; a walk back may use many of them at once. */
const LIMITS = { timeoutMs: 30 * SECOND_MS, maxBodyBytes: 16_777_216, tries: 4, requestsPerMinute: 30 }
const MOST_PER_PAGE = '100'

const isPage = createGuard(
  Type.Object({
    reviews: Type.Optional(Type.Array(Type.Unknown())),
    tokenPagination: Type.Optional(Type.Object({ nextPageToken: Type.Optional(Type.String()) })),
  }),
)
const isReview = createGuard(Type.Object({ reviewId: Type.String() }))

/** `next`: asks for the page after it, null at the end. */
export type PlayPage = { reviews: readonly unknown[]; next: string | null }

/** Reviews of the Google Play Developer API (developers.google.com/android-publisher/reply-to-reviews). */
export const createPlayClient = (config: PlayReviewsConfig, context: SourceContext) => {
  const { clock, random } = context
  const base = { clock, random, limits: LIMITS, waitOf: googleWait }
  const credentials = serviceAccount(
    { keyFile: config.serviceAccount, scope: SCOPE, http: createHttpClient(base) },
    context,
  )
  const http = createHttpClient({ ...base, credentials })
  const address = (packageName: string): string =>
    `${config.endpoint}/androidpublisher/v3/applications/${encodeURIComponent(packageName)}/reviews`

  return {
    page: async (packageName: string, token: string | null, signal: AbortSignal): Promise<PlayPage> => {
      const query = new URLSearchParams({ maxResults: MOST_PER_PAGE, ...(token === null ? {} : { token }) })
      const { body } = await http.get(`${address(packageName)}?${query.toString()}`, signal)
      const page = readJson(body, isPage, 'a page of reviews')
      return { reviews: page.reviews ?? [], next: page.tokenPagination?.nextPageToken || null }
    },
    /** Null where it is gone. */
    review: async (packageName: string, id: string, signal: AbortSignal): Promise<unknown> => {
      try {
        const { body } = await http.get(`${address(packageName)}/${encodeURIComponent(id)}`, signal)
        return readJson(body, isReview, 'a review')
      } catch (error) {
        if (error instanceof PlatformError && error.status === 404) return null
        throw error
      }
    },
  }
}
