import type { Fault } from '@outcry/contracts'

/** Every refusal of the API: its HTTP status and a title for people. The code never changes its meaning. */
export const REFUSALS = {
  REQUEST_INVALID: [400, 'The request has faults'],
  BODY_NOT_JSON: [400, 'The body is not JSON'],
  CURSOR_INVALID: [400, 'The cursor is not one this API gave'],
  TOKEN_MISSING: [401, 'A token is needed'],
  TOKEN_UNKNOWN: [401, 'The token is not known'],
  SIGNATURE_INVALID: [401, 'The signature does not fit the body'],
  PUSH_STALE: [401, 'The webhook-timestamp is more than 5 minutes from now'],
  WEBHOOK_STALE: [401, 'The webhook was signed too long ago'],
  ROLE_INSUFFICIENT: [403, 'The role does not allow this'],
  LINK_REFUSED: [403, 'The signature does not fit the link'],
  CHALLENGE_REFUSED: [403, 'The question does not fit the source'],
  ORIGIN_REFUSED: [403, 'The Origin is not allowed'],
  NOT_FOUND: [404, 'There is no such thing, or not for this token'],
  ROUTE_NOT_FOUND: [404, 'There is no such route'],
  METHOD_NOT_ALLOWED: [405, 'The route does not have this method'],
  COMMAND_REFUSED: [409, 'The state does not allow this'],
  DELIVERY_PENDING: [409, 'The delivery is still being tried'],
  PUSH_REPLAYED: [409, 'This webhook-id was accepted before'],
  PUSH_IN_FLIGHT: [409, 'The first push with this webhook-id is still being taken'],
  IDEMPOTENCY_IN_FLIGHT: [409, 'The first request with this Idempotency-Key is still running'],
  IDEMPOTENCY_APPLIED: [409, 'The first request with this Idempotency-Key was carried out, and its answer is lost'],
  LINK_EXPIRED: [410, 'The link has expired'],
  BODY_TOO_LARGE: [413, 'The body is too large'],
  CONTENT_TYPE_UNSUPPORTED: [415, 'The content type is not supported'],
  HOST_REFUSED: [421, 'The Host is not served here'],
  IDEMPOTENCY_MISMATCH: [422, 'The Idempotency-Key was used with another request'],
  RATE_LIMITED: [429, 'Too many requests'],
  INTERNAL: [500, 'Something went wrong on our side'],
  UNAVAILABLE: [503, 'A part that is needed cannot be reached'],
  TIMED_OUT: [503, 'The answer took too long'],
} as const satisfies Record<string, readonly [number, string]>
export type RefusalCode = keyof typeof REFUSALS

/** Thrown by routes and hooks; becomes problem details. `detail` says what to do. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly statusCode: number
  readonly faults: readonly Fault[]
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: RefusalCode,
    detail: string,
    options: { faults?: readonly Fault[]; retryAfterSeconds?: number } = {},
  ) {
    super(detail)
    this.name = 'Refusal'
    this.code = code
    this.statusCode = REFUSALS[code][0]
    this.faults = options.faults ?? []
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

/** For the faults of one part of a request. */
export const faultsIn = (part: string, faults: readonly Fault[]): Refusal =>
  new Refusal('REQUEST_INVALID', `The ${part} has faults.`, { faults })

export const bodyFaults = (faults: readonly Fault[]): Refusal => faultsIn('body', faults)
