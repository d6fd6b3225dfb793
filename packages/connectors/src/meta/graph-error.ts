import { fieldsOf, countOf, textOf, type Fields } from '../fields.ts'
import { parseJson } from '../file/parse-json-line.ts'
import type { HttpAnswer } from '../http/http-client.ts'
import { PlatformError, PlatformRefusal } from '../http/platform-error.ts'

const GONE = { code: 100, subcode: 33 }
const LIMITS = new Set([4, 17, 32, 341, 613])
const PASSING = new Set([1, 2])

/** A refusal with the code by which the Graph API tells them apart (developers.facebook.com, "Handle Errors"). */
export class GraphError extends PlatformError {
  readonly isGone: boolean

  constructor(status: number, retryAfterMs: number | null, explanation: string, isGone: boolean) {
    super(status, retryAfterMs, explanation)
    this.name = 'GraphError'
    this.isGone = isGone
  }
}

/** Codes of the application's, the user's, the page's and the business use case's limit. */
export const isLimitCode = (code: number | undefined): boolean =>
  code !== undefined && (LIMITS.has(code) || (code >= 80_000 && code <= 80_014))

/** Codes of a fault of Meta's own that passes. */
export const isPassingCode = (code: number | undefined): boolean => code !== undefined && PASSING.has(code)

export const graphCodeOf = (body: Uint8Array): number | undefined => countOf(errorIn(body)?.['code'])

/** 190 and 102: the token; 10 and 200 to 299: a right that is lacking. A person has to. */
export const graphErrorOf = ({ status, body }: HttpAnswer, waitMs: number | null): PlatformError | null => {
  const error = errorIn(body)
  const code = countOf(error?.['code'])
  if (error === undefined || code === undefined) return null
  const explanation = `${(textOf(error['message']) ?? 'no message').slice(0, 200)} (code ${code})`
  const isOfPerson = code === 190 || code === 102 || code === 10 || (code >= 200 && code <= 299)
  if (waitMs === null && isOfPerson) return new PlatformRefusal(status, explanation)
  const isGone = code === GONE.code && countOf(error['error_subcode']) === GONE.subcode
  return new GraphError(status, waitMs, explanation, isGone)
}

const errorIn = (body: Uint8Array): Fields | undefined => {
  const parsed = parseJson(Buffer.from(body.subarray(0, 65_536)).toString('utf8'))
  return parsed.ok ? fieldsOf(fieldsOf(parsed.value)?.['error']) : undefined
}
