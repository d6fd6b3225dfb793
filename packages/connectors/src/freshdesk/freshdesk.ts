import { MINUTE_MS } from '@outcry/contracts'
import type { Connector } from '../connector.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { createFreshdeskClient } from './freshdesk-client.ts'
import { FreshdeskConfig, scopeOf, siteOf } from './freshdesk-config.ts'
import { readPayload } from './read-payload.ts'
import { ticketsListing } from './tickets-listing.ts'

/** What customers write in Freshdesk, by its API (developers.freshdesk.com). */
export const freshdesk: Connector<typeof FreshdeskConfig> = {
  name: 'freshdesk',
  configSchema: FreshdeskConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  readsOwnPlaces: true,
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms: 'Private texts of customers: kept as short as you say, and what is deleted there is deleted here.',
  },
  create: (config, context) => {
    const desk = { scope: scopeOf(config), site: siteOf(config) }
    const { replies, everyMs } = config
    return createListingSource(context, {
      listings: [ticketsListing(createFreshdeskClient(config, context), { desk, replies }, context)],
      everyMs,
      blindAfterMs: config.blindAfterMs ?? freshdesk.defaults.blindAfterMs,
    })
  },
  parse: (bytes, context) => readPayload(bytes, { scope: context.source }, context),
}
