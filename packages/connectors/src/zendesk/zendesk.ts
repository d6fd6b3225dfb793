import { MINUTE_MS, OutcryError } from '@outcry/contracts'
import type { Connector, Source, SourceContext } from '../connector.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { readPayload } from './read-payload.ts'
import { ticketsListing } from './tickets-listing.ts'
import { createZendeskClient } from './zendesk-client.ts'
import { siteOf, ZendeskConfig } from './zendesk-config.ts'
import { zendeskWebhook } from './zendesk-webhook.ts'

/** What customers write in Zendesk, by its incremental exports (developer.zendesk.com). */
export const zendesk: Connector<typeof ZendeskConfig> = {
  name: 'zendesk',
  configSchema: ZendeskConfig,
  publicationDelayMs: MINUTE_MS,
  clock: 'wall',
  readsOwnPlaces: true,
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms: 'Private texts of customers: kept as short as you say, and what is deleted there is deleted here.',
  },
  create: (config, context) => createZendeskSource(config, context),
  parse: (bytes, context) => readPayload(bytes, { scope: context.source }, context),
  webhook: zendeskWebhook,
}

const createZendeskSource = (config: ZendeskConfig, context: SourceContext): Source => {
  const { accessToken, email, apiToken, subdomain, comments, everyMs } = config
  if (accessToken === undefined && (email === undefined || apiToken === undefined))
    throw new OutcryError('SOURCE_CONFIG_INVALID', `Source ${context.source} has nothing to sign in with.`, {
      fix: 'Give email and apiToken, or accessToken.',
    })
  const desk = { scope: subdomain.toLowerCase(), site: siteOf(config) }
  return createListingSource(context, {
    listings: [ticketsListing(createZendeskClient(config, context), { desk, comments }, context)],
    everyMs,
    blindAfterMs: config.blindAfterMs ?? zendesk.defaults.blindAfterMs,
  })
}
