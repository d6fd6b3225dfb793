import { MINUTE_MS } from '@outcry/contracts'
import type { Webhook } from '../connector.ts'
import { isoTimeOf } from '../fields.ts'
import { hmacMatches } from '../webhook/hmac-matches.ts'
import { readPayload } from './read-payload.ts'
import { type ZendeskConfig, siteOf } from './zendesk-config.ts'

const TOLERANCE_MS = 5 * MINUTE_MS
const HOW = { algorithm: 'sha256', encoding: 'base64' } as const

/** Events of tickets as Zendesk sends them: the signature is over the time it was made and the body. */
export const zendeskWebhook: Webhook<ZendeskConfig> = {
  verify: ({ webhookSecret }, { headers, body }, nowMs) => {
    if (webhookSecret === undefined) return 'off'
    const stamp = headers['x-zendesk-webhook-signature-timestamp'] ?? ''
    const signature = headers['x-zendesk-webhook-signature']
    if (!hmacMatches(HOW, [webhookSecret], [Buffer.from(stamp), body], signature)) return 'mismatch'
    const signedAt = isoTimeOf(stamp)
    return signedAt !== undefined && Math.abs(nowMs - signedAt) <= TOLERANCE_MS ? 'valid' : 'stale'
  },
  read: (config, { body }, context) =>
    readPayload(body, { scope: config.subdomain.toLowerCase(), site: siteOf(config) }, context),
}
