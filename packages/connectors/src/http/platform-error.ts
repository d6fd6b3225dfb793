import { OutcryError } from '@outcry/contracts'

/** The platform answered with something other than what was asked for. `retryAfterMs` is what it asked to wait. */
export class PlatformError extends Error {
  readonly status: number
  readonly retryAfterMs: number | null

  /** `explanation`: what the platform said of it, in one line. */
  constructor(status: number, retryAfterMs: number | null, explanation?: string) {
    super(`the platform answered ${status}${explanation === undefined ? '' : `: ${explanation}`}`)
    this.name = 'PlatformError'
    this.status = status
    this.retryAfterMs = retryAfterMs
  }
}

/** An answer that is no matter of time, in words of the platform's own rules. */
export class PlatformRefusal extends PlatformError {
  constructor(status: number, message: string) {
    super(status, null)
    this.message = message
    this.name = 'PlatformRefusal'
  }
}

/** A key that is wrong, expired or lacks a right: trying again changes nothing, a person has to. A limit is none of these. */
export const needsPerson = (error: unknown): error is PlatformError =>
  error instanceof PlatformRefusal ||
  (error instanceof PlatformError && error.retryAfterMs === null && (error.status === 401 || error.status === 403))

/** Ends a source until a person has acted. */
export const sourceRefused = (source: string, error: PlatformError): OutcryError =>
  new OutcryError('SOURCE_REFUSED', `The platform of source ${source} refuses access (${detailOf(error)}).`, {
    fix: 'Check its credentials and their rights, then restart.',
    cause: error,
  })

const detailOf = (error: PlatformError): string =>
  error instanceof PlatformRefusal
    ? `${error.status}: ${error.message}`
    : error.message.replace(/^the platform answered /, '')
