import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const InstagramConfig = Type.Object(
  {
    connector: Type.Literal('instagram'),
    ...sourceFields,
    accountId: Type.Optional(
      Type.String({
        pattern: '^[0-9]{1,32}$',
        description: 'The professional account. Without it webhooks of every account of the app are read.',
      }),
    ),
    accessToken: Type.Optional(Secret('Access token with rights on the account; with it the account is polled.')),
    appSecret: Type.Optional(
      Secret('Secret of the app: proves requests and webhooks. Webhooks are not taken where it is absent.'),
    ),
    verifyToken: Type.Optional(Secret('Text of your own that Meta sends when the webhook is registered.')),
    tagged: Type.Boolean({ default: true, description: 'Poll media of others in which the account is tagged.' }),
    mediaDays: Type.Integer({
      minimum: 1,
      maximum: 90,
      default: 14,
      description: 'How old a medium may be whose comments are polled. Days.',
    }),
    everyMs: Type.Integer({ minimum: 10_000, default: 60_000, description: 'Time between two looks. Milliseconds.' }),
    endpoint: Type.String({
      pattern: '^https?://',
      default: 'https://graph.facebook.com/v26.0',
      description: 'The Graph API, with its version; https://graph.instagram.com/v26.0 with Instagram Login.',
    }),
  },
  { additionalProperties: false, description: 'Comments on the media of an Instagram account, and media that tag it.' },
)
export type InstagramConfig = Static<typeof InstagramConfig>
