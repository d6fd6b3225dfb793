import { OutcryError, SECOND_MS } from '@outcry/contracts'
import type { SourceContext } from '../connector.ts'
import { renewedBearer } from '../http/credentials.ts'
import { createHttpClient } from '../http/http-client.ts'
import { oauthToken } from '../http/oauth-token.ts'
import type { ImapConfig } from './imap-config.ts'

const LIMITS = { timeoutMs: 20 * SECOND_MS, maxBodyBytes: 65_536, tries: 3, requestsPerMinute: 20 }

export type Login = {
  /** What to log in with now. */
  credentials(signal: AbortSignal): Promise<{ user: string; pass?: string; accessToken?: string }>
  /** The server refused it: whether the next one will be another. */
  renew(): boolean
}

/** A password, or access tokens of OAuth 2.0, which hold for an hour and are asked for anew. Throws where there is neither. */
export const createLogin = (config: ImapConfig, { source, clock, random }: SourceContext): Login => {
  const { user, password, oauth } = config
  if (oauth === undefined) {
    if (password === undefined)
      throw new OutcryError('SOURCE_CONFIG_INVALID', `Source ${source} has nothing to log in with.`, {
        fix: 'Give password (an app password where the provider asks for one), or oauth.',
      })
    return { credentials: async () => ({ user, pass: password }), renew: () => false }
  }
  const http = createHttpClient({ clock, random, limits: LIMITS })
  const { tokenUrl, clientId, clientSecret, refreshToken, scope } = oauth
  const form = {
    client_id: clientId,
    ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
    ...(scope === undefined ? {} : { scope }),
    ...(refreshToken === undefined
      ? { grant_type: 'client_credentials' }
      : { grant_type: 'refresh_token', refresh_token: refreshToken }),
  }
  const bearer = renewedBearer({ clock, ask: (signal) => oauthToken({ http, url: tokenUrl, form }, signal) })
  let given: Readonly<Record<string, string>> | undefined
  return {
    credentials: async (signal) => {
      given = undefined
      given = await bearer.headers(signal)
      return { user, accessToken: (given['authorization'] ?? '').replace(/^Bearer /, '') }
    },
    renew: () => bearer.renew?.(given) === true,
  }
}
