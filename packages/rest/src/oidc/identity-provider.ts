import { OutcryError, type OidcConfig } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import * as client from 'openid-client'
import { claimOf, type Claims, type Judgement, personOfClaims } from './person-of-claims.ts'

/** What a browser keeps between leaving for the provider and coming back. */
export type Attempt = { state: string; nonce: string; verifier: string }
export type IdentityProvider = {
  label: string
  /** Where to send the browser. Throws OIDC_UNREACHABLE. */
  begin(): Promise<{ location: string; attempt: Attempt }>
  /** Who came back with this query. Throws OIDC_UNREACHABLE, or OIDC_REFUSED where the answer is not to be trusted. */
  finish(query: string, attempt: Attempt): Promise<Judgement>
  /** Where the browser signs out of the provider too; null where that is not offered or cannot be found out. */
  signOutUrl(): Promise<string | null>
}

const TIMEOUT_SECONDS = 8
const METADATA_MS = 3_600_000

/** Codes that say the provider was not reached or is itself at fault, rather than that an answer of it is wrong. */
const AWAY = new Set(['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'])

/**
 * The provider of `api.oidc`: authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0 §3.1, RFC 7636,
 * RFC 9207). What it says of itself is looked up at the first sign-in and again after an hour, so that a provider that
 * is away keeps nobody from starting or from signing in with a token.
 */
export const createIdentityProvider = (options: {
  config: OidcConfig
  /** Of this service, without a slash at its end. */
  address: () => string
  /** Names that tokens have. */
  taken: ReadonlySet<string>
  clock: Clock
}): IdentityProvider => {
  const { config, address, taken, clock } = options
  const { clientId, clientSecret, clientAuth, clockToleranceMs, label } = config
  const issuer = new URL(config.issuer)
  let known: { at: number; metadata: Promise<client.Configuration> } | null = null

  const discover = async (): Promise<client.Configuration> => {
    const auth =
      clientSecret === undefined
        ? client.None()
        : (clientAuth === 'basic' ? client.ClientSecretBasic : client.ClientSecretPost)(clientSecret)
    const tolerance = { [client.clockTolerance]: Math.ceil(clockToleranceMs / 1_000) }
    const insecure = issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []
    return client.discovery(issuer, clientId, tolerance, auth, { execute: insecure, timeout: TIMEOUT_SECONDS })
  }
  const metadata = async (): Promise<client.Configuration> => {
    if (known === null || clock.now() - known.at > METADATA_MS) known = { at: clock.now(), metadata: discover() }
    const mine = known
    try {
      return await mine.metadata
    } catch (error) {
      if (known === mine) known = null
      throw unreachable(config.issuer, error)
    }
  }
  const redirectUri = () => `${address()}/login/oidc/callback`

  const claimsOf = async (found: client.Configuration, query: string, attempt: Attempt): Promise<Claims> => {
    const tokens = await client.authorizationCodeGrant(found, new URL(`${redirectUri()}?${query}`), {
      pkceCodeVerifier: attempt.verifier,
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (claims === undefined) throw new Error('the provider gave no id token')
    const wanted = [config.groupsClaim, config.nameClaim, ...(config.emailDomains.length > 0 ? ['email'] : [])]
    const complete = wanted.every((name) => claimOf(claims, name) !== undefined)
    if (complete || found.serverMetadata().userinfo_endpoint === undefined) return claims
    return { ...(await client.fetchUserInfo(found, tokens.access_token, claims.sub)), ...claims }
  }

  return {
    label,
    async begin() {
      const found = await metadata()
      const attempt = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      }
      const location = client.buildAuthorizationUrl(found, {
        redirect_uri: redirectUri(),
        scope: [...new Set(['openid', ...config.scopes])].join(' '),
        code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
        state: attempt.state,
        nonce: attempt.nonce,
      })
      return { location: location.href, attempt }
    },
    async finish(query, attempt) {
      const found = await metadata()
      try {
        return personOfClaims(await claimsOf(found, query, attempt), config, taken)
      } catch (error) {
        throw isAway(error) ? unreachable(config.issuer, error) : refused(error)
      }
    },
    async signOutUrl() {
      try {
        const found = await metadata()
        if (found.serverMetadata().end_session_endpoint === undefined) return null
        return client.buildEndSessionUrl(found, { post_logout_redirect_uri: `${address()}/` }).href
      } catch {
        return null
      }
    },
  }
}

const isAway = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof client.ClientError && AWAY.has(error.code ?? ''))

const unreachable = (issuer: string, cause: unknown): OutcryError =>
  new OutcryError('OIDC_UNREACHABLE', `the identity provider ${issuer} does not answer as one`, {
    fix: 'Check api.oidc.issuer and the way there; tokens and one-time links sign in meanwhile.',
    cause,
  })

const refused = (cause: unknown): OutcryError =>
  new OutcryError('OIDC_REFUSED', 'the sign-in was refused, or its answer does not fit', {
    fix: 'Check client id, secret and redirect address at the provider, and both clocks.',
    cause,
  })
