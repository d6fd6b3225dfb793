import { MINUTE_MS } from '@outcry/contracts'
import type { Connector, Source, SourceContext } from '../connector.ts'
import { MastodonConfig } from './mastodon-config.ts'
import { createMarks } from './mastodon-cursor.ts'
import { parsePayload } from './parse-payload.ts'
import { createInstanceReader } from './read-instance.ts'
import { createSourceParts } from '../parts/source-parts.ts'
import { createTwins } from './twins.ts'

/** Public posts under hashtags, from Mastodon and servers with its API (docs.joinmastodon.org). */
export const mastodon: Connector<typeof MastodonConfig> = {
  name: 'mastodon',
  configSchema: MastodonConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms: 'Public posts; the rules of each instance, which its about page has. Delete what is deleted there.',
  },
  create: (config, context) => createMastodonSource(config, context),
  parse: parsePayload,
}

const createMastodonSource = (config: MastodonConfig, context: SourceContext): Source => {
  const tags = [...new Set(config.tags.map((tag) => tag.replace(/^#/, '').toLowerCase()))]
  const byHost = new Map(config.instances.map((instance) => [new URL(instance.url).host, instance]))
  const hosts = [...byHost.keys()]
  const parts = createSourceParts(context, hosts)
  const marks = createMarks(context.cursor, hosts, tags)
  const counts = createTwins(hosts)
  const readers = [...byHost].map(([host, instance]) =>
    createInstanceReader({
      instance,
      tags,
      everyMs: config.everyMs,
      blindAfterMs: config.blindAfterMs ?? mastodon.defaults.blindAfterMs,
      context: parts.contextOf(host),
      marks,
      counts,
      emit: parts.emit,
    }),
  )
  return { run: (signal) => parts.run(readers, signal) }
}
