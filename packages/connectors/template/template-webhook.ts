import type { Webhook } from '../src/connector.ts'
import { parseItems } from '../src/parse-items.ts'
import { hmacMatches } from '../src/webhook/hmac-matches.ts'
import { postsOf, postToSightings } from './post-to-sighting.ts'
import type { TemplateConfig } from './template-config.ts'

/** What the board sends by itself (https://board.example/docs/webhooks). Delete this file where the platform sends nothing. */
export const templateWebhook: Webhook<TemplateConfig> = {
  verify: ({ webhookSecret }, { headers, body }) => {
    if (webhookSecret === undefined) return 'off'
    const signature = headers['x-board-signature']
    return hmacMatches({ algorithm: 'sha256', encoding: 'hex' }, [webhookSecret], body, signature)
      ? 'valid'
      : 'mismatch'
  },
  read: (_config, { body }, context) =>
    parseItems(body, { read: postToSightings, what: 'post of the board', unwrap: postsOf }, context),
}
