import type { FeedCloseReason, FEED_CLOSE_REASONS } from '@outcry/contracts'

/** Closes after which another try would end the same, by the server's reason. */
const REFUSALS = {
  unauthorized: 4001,
  bad_message: 4002,
  brand_refused: 4004,
} as const satisfies Partial<typeof FEED_CLOSE_REASONS>

const FIXES: Record<keyof typeof REFUSALS, string> = {
  unauthorized: 'Give a token that the server knows, or sign in again.',
  bad_message: 'The server does not understand this client: bring both to one version.',
  brand_refused: 'Ask only for brands of the token.',
}

/** The server will not serve this client as it is. `reason` and `code` are those of docs/ERROR_CODES.md. */
export class FeedRefused extends Error {
  override readonly name = 'FeedRefused'
  readonly reason: FeedCloseReason
  readonly code: number
  constructor(reason: keyof typeof REFUSALS) {
    super(`the feed refused this client: ${reason}. ${FIXES[reason]}`)
    this.reason = reason
    this.code = REFUSALS[reason]
  }
}

/** What a close with this code refuses; null where it is worth another try. */
export const refusalOf = (code: number): keyof typeof REFUSALS | null => {
  for (const reason of ['unauthorized', 'bad_message', 'brand_refused'] as const)
    if (REFUSALS[reason] === code) return reason
  return null
}
