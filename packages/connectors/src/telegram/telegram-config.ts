import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const TelegramConfig = Type.Object(
  {
    connector: Type.Literal('telegram'),
    ...sourceFields,
    token: Secret('Token of the bot, as @BotFather gives it.', { pattern: '^\\d{1,20}:[\\w-]{20,100}$' }),
    chats: Type.Optional(
      Type.Array(
        Type.Union([
          Type.Integer({ description: 'Id of the chat; negative for groups and channels.' }),
          Type.String({ pattern: '^@\\w{4,32}$', description: 'Public name of the chat.' }),
        ]),
        {
          minItems: 1,
          maxItems: 1_000,
          description: 'Chats to read; every group and channel the bot is in where absent.',
        },
      ),
    ),
    privateChats: Type.Boolean({
      default: false,
      description: 'Also read what people write to the bot alone. Such texts are not public.',
    }),
    webhookSecret: Type.Optional(
      Secret(
        'The `secret_token` given to setWebhook. With it Telegram sends to /api/v1/inbound/sources/NAME; without it updates are polled.',
        { pattern: '^[\\w-]{16,256}$' },
      ),
    ),
    endpoint: Type.String({
      pattern: '^https?://[^\\s?#]+$',
      default: 'https://api.telegram.org',
      description: 'Address of the Bot API; another one for a Bot API server of your own.',
    }),
  },
  {
    additionalProperties: false,
    description: 'Messages of Telegram groups and channels that a bot is in.',
  },
)
export type TelegramConfig = Static<typeof TelegramConfig>
