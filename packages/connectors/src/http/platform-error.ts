import { OutcryError } from '@outcry/contracts'

/** The platform answered with something other than what was asked for. `retryAfterMs` is what it asked to wait. */
export class PlatformError extends Error {
  readonly status: number
  readonly retryAfterMs: number | null

  constructor(status: number, retryAfterMs: number | null) {
    super(`the platform answered ${status}`)
    this.name = 'PlatformError'
    this.status = status
    this.retryAfterMs = retryAfterMs
  }
}

/** A key that is wrong, expired or lacks a right: trying again changes nothing, a person has to. */
export const needsPerson = (error: unknown): error is PlatformError =>
  error instanceof PlatformError && (error.status === 401 || error.status === 403)

/** Ends a source until a person has acted. */
export const sourceRefused = (source: string, error: PlatformError): OutcryError =>
  new OutcryError('SOURCE_REFUSED', `The platform of source ${source} refuses access (${error.status}).`, {
    fix: 'Check its credentials and their rights, then restart.',
    cause: error,
  })
