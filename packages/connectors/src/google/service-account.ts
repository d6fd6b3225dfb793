import { createGuard, OutcryError, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { SourceContext } from '../connector.ts'
import { parseJson } from '../file/parse-json-line.ts'
import { type Credentials, renewedBearer } from '../http/credentials.ts'
import type { HttpClient } from '../http/http-client.ts'
import { oauthToken } from '../http/oauth-token.ts'
import { signingKey, signJwt } from '../http/sign-jwt.ts'

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
/** At most an hour in all; a clock that is a minute ahead does no harm. */
const ASSERTION_BEFORE_S = 60
const ASSERTION_FOR_S = 3_000

const isKeyFile = createGuard(
  Type.Object({
    client_email: Type.String({ minLength: 1 }),
    private_key: Type.String({ minLength: 1 }),
    private_key_id: Type.Optional(Type.String()),
    token_uri: Type.String({ pattern: '^https?://' }),
  }),
)

/**
 * A token of a service account, given for what its key has signed
 * (developers.google.com/identity/protocols/oauth2/service-account). `keyFile`: the JSON that Google gives.
 */
export const serviceAccount = (
  { keyFile, scope, http }: { keyFile: string; scope: string; http: HttpClient },
  { clock, source }: Pick<SourceContext, 'clock' | 'source'>,
): Credentials => {
  const parsed = parseJson(keyFile)
  if (!parsed.ok || !isKeyFile(parsed.value))
    throw new OutcryError('SOURCE_CONFIG_INVALID', `The key of the service account of source ${source} is none.`, {
      fix: 'Give the whole JSON file that Google made for the key, best as file:PATH.',
    })
  const { client_email, private_key, private_key_id, token_uri } = parsed.value
  const key = signingKey(private_key, 'rsa', source)
  return renewedBearer({
    clock,
    ask: (signal) => {
      const nowS = Math.floor(clock.now() / SECOND_MS)
      const assertion = signJwt({
        algorithm: 'RS256',
        key,
        header: private_key_id === undefined ? {} : { kid: private_key_id },
        claims: {
          iss: client_email,
          scope,
          aud: token_uri,
          iat: nowS - ASSERTION_BEFORE_S,
          exp: nowS + ASSERTION_FOR_S,
        },
      })
      return oauthToken({ http, url: token_uri, form: { grant_type: GRANT, assertion } }, signal)
    },
  })
}
