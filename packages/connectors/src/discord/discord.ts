import { MINUTE_MS } from '@outcry/contracts'
import type { Connector } from '../connector.ts'
import { DiscordConfig } from './discord-config.ts'
import { parsePayload } from './parse-payload.ts'
import { readDiscord } from './read-discord.ts'

/** Messages of Discord servers that a bot is in (docs.discord.com/developers). */
export const discord: Connector<typeof DiscordConfig> = {
  name: 'discord',
  configSchema: DiscordConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms: 'Kept only as long as the service needs it; delete what is deleted there; no training of models.',
  },
  create: (config, context) => {
    const blindAfterMs = config.blindAfterMs ?? discord.defaults.blindAfterMs
    return { run: (signal) => readDiscord(config, context, blindAfterMs, signal) }
  },
  parse: parsePayload,
}
