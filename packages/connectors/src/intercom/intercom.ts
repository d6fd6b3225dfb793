import { MINUTE_MS } from '@outcry/contracts'
import type { Connector } from '../connector.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { conversationsListing } from './conversations-listing.ts'
import { createIntercomClient } from './intercom-client.ts'
import { IntercomConfig } from './intercom-config.ts'
import { intercomWebhook } from './intercom-webhook.ts'
import { readPayload } from './read-payload.ts'

/** What customers write in Intercom, by its API (developers.intercom.com). */
export const intercom: Connector<typeof IntercomConfig> = {
  name: 'intercom',
  configSchema: IntercomConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  readsOwnPlaces: true,
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms: 'Private texts of customers: kept as short as you say, and what is deleted there is deleted here.',
  },
  create: (config, context) =>
    createListingSource(context, {
      listings: [conversationsListing(createIntercomClient(config, context), config, context)],
      everyMs: config.everyMs,
      blindAfterMs: config.blindAfterMs ?? intercom.defaults.blindAfterMs,
    }),
  parse: (bytes, context) => readPayload(bytes, context),
  webhook: intercomWebhook,
}
