import { createGuard, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { Token } from './credentials.ts'
import type { HttpClient } from './http-client.ts'
import { PlatformError, PlatformRefusal } from './platform-error.ts'
import { readJson } from './read-json.ts'

/** Some platforms write the lifetime, in seconds, as text. */
const isTokenAnswer = createGuard(
  Type.Object({
    access_token: Type.String({ minLength: 1, maxLength: 16_384, pattern: '^[\\x21-\\x7e]+$' }),
    expires_in: Type.Optional(Type.Union([Type.Number(), Type.String({ pattern: '^\\d{1,10}$' })])),
  }),
)
const LIFETIME_S = 3_600

export type OauthGrant = {
  http: HttpClient
  url: string
  form: Readonly<Record<string, string>>
  headers?: Readonly<Record<string, string>>
}

/** An access token of an OAuth 2.0 token endpoint (RFC 6749). A refused grant is a person's job. */
export const oauthToken = async ({ http, url, form, headers }: OauthGrant, signal: AbortSignal): Promise<Token> => {
  const request = {
    method: 'POST' as const,
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(form).toString(),
  }
  const answer = await http.send(request, signal).catch((error: unknown) => {
    if (error instanceof PlatformError && error.retryAfterMs === null && [400, 401, 403].includes(error.status))
      throw new PlatformRefusal(error.status, `no token is given: ${error.message}`)
    throw error
  })
  const token = readJson(answer.body, isTokenAnswer, 'a token')
  return { token: token.access_token, lifetimeMs: Number(token.expires_in ?? LIFETIME_S) * SECOND_MS }
}
