import type { Connector } from '../connector.ts'
import { waitForWebhooks } from '../webhook/wait-for-webhooks.ts'
import { parsePush } from './parse-push.ts'
import { PushConfig } from './push-config.ts'

/**
 * Mentions that others send. The source only says that its door is open: what comes through it is verified by
 * `verifyPush`, read by `parsePush` and handed to ingest, which answers after the bus acknowledged.
 */
export const push: Connector<typeof PushConfig> = {
  name: 'push',
  configSchema: PushConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  defaults: { blindAfterMs: 60_000, retentionDays: null, terms: 'Those of whoever sends.' },
  create: (_config, context) => ({ run: (signal) => waitForWebhooks(context, signal, 'open') }),
  parse: (bytes, context) => {
    const parsed = parsePush(bytes, context)
    if (parsed.ok) return { sightings: parsed.sightings, rejects: [] }
    const rejects = parsed.faults.map(({ path, message }) => ({
      reason: 'invalid_field' as const,
      detail: `${path} ${message}`.trim(),
      bytes,
    }))
    return { sightings: [], rejects }
  },
}
