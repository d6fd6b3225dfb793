import { HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import type { Connector, Source, SourceContext } from '../src/connector.ts'
import { createListingSource } from '../src/listing/listing-source.ts'
import { newestFirst } from '../src/listing/newest-first.ts'
import { parseItems, readItems } from '../src/parse-items.ts'
import { postsOf, postToSightings } from './post-to-sighting.ts'
import { createTemplateClient } from './template-client.ts'
import { TemplateConfig } from './template-config.ts'
import { templateWebhook } from './template-webhook.ts'

const READER = { read: postToSightings, what: 'post of the board' }
/** A post may show so much later than it is dated. */
const REWIND_MS = 2 * MINUTE_MS
const MAX_PAGES = 50

/** Posts of a board (https://board.example/docs). */
export const template: Connector<typeof TemplateConfig> = {
  name: 'template',
  configSchema: TemplateConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  defaults: { blindAfterMs: MINUTE_MS, retentionDays: null, terms: 'What is deleted there is deleted here.' },
  create: (config, context) => createTemplateSource(config, context),
  parse: (bytes, context) => parseItems(bytes, { ...READER, unwrap: postsOf }, context),
  webhook: templateWebhook,
}

const createTemplateSource = (config: TemplateConfig, context: SourceContext): Source => {
  const { clock, source, hashAuthor } = context
  const client = createTemplateClient(config, context)
  const posts = newestFirst({
    name: 'posts',
    clock,
    rewindMs: REWIND_MS,
    firstLookBackMs: HOUR_MS,
    maxPages: MAX_PAGES,
    page: async (next, signal) => {
      const page = await client.page(next, signal)
      const found = readItems(page.posts, READER, { source, hashAuthor, observedAt: clock.now() })
      const items = found.sightings.map((sighting) => ({ sighting, at: sighting.mention.eventTime }))
      return { items, rejects: found.rejects, next: page.next }
    },
  })
  return createListingSource(context, {
    listings: [posts],
    everyMs: config.everyMs,
    blindAfterMs: config.blindAfterMs ?? template.defaults.blindAfterMs,
  })
}
