import { HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import type { Connector } from '../connector.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { parseItems } from '../parse-items.ts'
import { createDiscourseClient } from './discourse-client.ts'
import { DiscourseConfig } from './discourse-config.ts'
import { discourseWebhook } from './discourse-webhook.ts'
import { forumOf, unnamedForum } from './forum.ts'
import { itemsOfPayload } from './items-of-payload.ts'
import { postListing } from './post-listing.ts'
import { itemReader } from './post-to-sighting.ts'

const FIRST_LOOK_BACK_MS = HOUR_MS

/** Posts of a Discourse forum by its API (docs.discourse.org) and its webhooks. */
export const discourse: Connector<typeof DiscourseConfig> = {
  name: 'discourse',
  configSchema: DiscourseConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms: "The forum's own: what is deleted there is deleted here.",
  },
  create: (config, context) => {
    const forum = forumOf(config)
    const client = createDiscourseClient(config, forum.url, context)
    return createListingSource(context, {
      listings: [postListing({ client, forum, context, firstLookBackMs: FIRST_LOOK_BACK_MS })],
      everyMs: config.everyMs,
      blindAfterMs: config.blindAfterMs ?? discourse.defaults.blindAfterMs,
    })
  },
  parse: (bytes, context) =>
    parseItems(
      bytes,
      { read: itemReader(unnamedForum(context.source)), what: 'post or topic of Discourse', unwrap: itemsOfPayload },
      context,
    ),
  webhook: discourseWebhook,
}
