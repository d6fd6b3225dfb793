import { MINUTE_MS } from '@outcry/contracts'
import type { Connector } from '../connector.ts'
import { secretMatches } from '../webhook/secret-matches.ts'
import { parseUpdates } from './parse-updates.ts'
import { pollUpdates } from './poll-updates.ts'
import { TelegramConfig } from './telegram-config.ts'
import { watchWebhook } from './watch-webhook.ts'
import { createWatchedChats } from './watched-chats.ts'

/** Messages of Telegram groups and channels that a bot is in (core.telegram.org/bots/api). */
export const telegram: Connector<typeof TelegramConfig> = {
  name: 'telegram',
  configSchema: TelegramConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms: 'Bots keep no more than their service needs, and delete what a person asks for.',
  },
  create: (config, context) => {
    const run = config.webhookSecret === undefined ? pollUpdates : watchWebhook
    const blindAfterMs = config.blindAfterMs ?? telegram.defaults.blindAfterMs
    return { run: (signal) => run(config, context, blindAfterMs, signal) }
  },
  parse: parseUpdates,
  webhook: {
    verify: ({ webhookSecret }, { headers }) => {
      if (webhookSecret === undefined) return 'off'
      return secretMatches([webhookSecret], headers['x-telegram-bot-api-secret-token']) ? 'valid' : 'mismatch'
    },
    read: (config, { body }, context) => parseUpdates(body, context, createWatchedChats(config).isWatched),
  },
}
