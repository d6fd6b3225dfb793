import { cleanText } from '../clean-text.ts'
import { fieldsOf, textOf } from '../fields.ts'
import { PlatformRefusal } from '../http/platform-error.ts'

/** Response codes of what passes by itself (RFC 5530, RFC 9051), Gmail's and Exchange's own among them. */
const PASSING = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG', 'THROTTLED', 'OVERQUOTA', 'CLIENTBUG'])

export type Answer = { status: string | undefined; code: string | undefined; text: string }

/** What the server answered to the command that failed. */
export const answerOf = (error: unknown): Answer => {
  const fields = fieldsOf(error)
  const response = textOf(fields?.['responseText']) ?? textOf(fields?.['response'])
  return {
    status: textOf(fields?.['responseStatus']),
    code: textOf(fields?.['serverResponseCode'])?.toUpperCase(),
    text: cleanText(response ?? (error instanceof Error ? error.message : String(error)), 150),
  }
}

/** Whether the server refused for a reason of its own that passes. */
export const isPassing = ({ code, text }: Answer): boolean =>
  (code !== undefined && PASSING.has(code)) || /try again|too many|temporar|throttl/i.test(text)

export const isAuthenticationFailure = (error: unknown): boolean => fieldsOf(error)?.['authenticationFailed'] === true

/** What a failure to log in or to open the folder means: a person's job, unless the server says that it passes. */
export const asRefusal = (error: unknown, what: string): Error => {
  const answer = answerOf(error)
  if (isPassing(answer)) return new Error(`the mail server is busy: ${answer.text}`)
  return new PlatformRefusal(401, `${what}: ${answer.text}`)
}
