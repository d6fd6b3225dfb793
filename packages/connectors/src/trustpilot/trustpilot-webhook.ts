import type { Webhook, WebhookRequest } from '../connector.ts'
import { parseItems } from '../parse-items.ts'
import { secretMatches } from '../webhook/secret-matches.ts'
import { reviewsOf, reviewToSightings } from './review-to-sighting.ts'
import type { TrustpilotConfig } from './trustpilot-config.ts'

/**
 * Reviews as they are written, changed and deleted, several in one body (support.trustpilot.com, "Manage your webhook
 * notifications"). Trustpilot signs nothing: the secret stands in the address.
 */
export const trustpilotWebhook: Webhook<TrustpilotConfig> = {
  verify: ({ webhookSecret }, request) => {
    if (webhookSecret === undefined) return 'off'
    return secretMatches([webhookSecret], request.query['secret'] ?? passwordOf(request)) ? 'valid' : 'mismatch'
  },
  read: (_config, { body }, context) =>
    parseItems(body, { read: reviewToSightings, what: 'review of Trustpilot', unwrap: reviewsOf }, context),
}

/** Of an address as `https://outcry:secret@…`, where the platform sends it as basic authentication (RFC 7617). */
const passwordOf = ({ headers }: WebhookRequest): string | undefined => {
  const [, encoded] = /^Basic ([\w+/=-]{1,1024})$/i.exec(headers['authorization'] ?? '') ?? []
  if (encoded === undefined) return undefined
  const pair = Buffer.from(encoded, 'base64').toString('utf8')
  return pair.slice(pair.indexOf(':') + 1)
}
