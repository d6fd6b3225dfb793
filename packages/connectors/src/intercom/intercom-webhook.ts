import type { Webhook } from '../connector.ts'
import { hmacMatches } from '../webhook/hmac-matches.ts'
import type { IntercomConfig } from './intercom-config.ts'
import { readPayload } from './read-payload.ts'

/** Notifications of an app, signed with its client secret. */
export const intercomWebhook: Webhook<IntercomConfig> = {
  verify: ({ clientSecret }, { headers, body }) => {
    if (clientSecret === undefined) return 'off'
    const how = { algorithm: 'sha1', encoding: 'hex' } as const
    return hmacMatches(how, [clientSecret], body, headers['x-hub-signature']) ? 'valid' : 'mismatch'
  },
  read: (_config, { body }, context) => readPayload(body, context),
}
