import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

const Snowflake = Type.String({ pattern: '^\\d{1,20}$' })

export const DiscordConfig = Type.Object(
  {
    connector: Type.Literal('discord'),
    ...sourceFields,
    token: Secret('Token of the bot, of the page *Bot* of the application; without "Bot " before it.', {
      pattern: '^[\\w.-]{20,200}$',
    }),
    servers: Type.Optional(
      Type.Array(Snowflake, {
        minItems: 1,
        maxItems: 100,
        description: 'Ids of servers (guilds) to read, every channel the bot sees. In quotes.',
      }),
    ),
    channels: Type.Optional(
      Type.Array(Snowflake, {
        minItems: 1,
        maxItems: 200,
        description:
          'Ids of channels to read, threads and forum posts included. In quotes. Without `servers` and `channels` all that the bot sees is read.',
      }),
    ),
    endpoint: Type.String({
      pattern: '^https?://[^\\s?#]+$',
      default: 'https://discord.com/api/v10',
      description: 'Address of the REST API, which names the gateway.',
    }),
  },
  {
    additionalProperties: false,
    description: 'Messages of Discord servers that a bot is in.',
  },
)
export type DiscordConfig = Static<typeof DiscordConfig>
