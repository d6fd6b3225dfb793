import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const FacebookConfig = Type.Object(
  {
    connector: Type.Literal('facebook'),
    ...sourceFields,
    pageId: Type.Optional(
      Type.String({
        pattern: '^[0-9]{1,32}$',
        description: 'The Page. Without it webhooks of every Page of the app are read.',
      }),
    ),
    pageToken: Type.Optional(Secret('Access token of the Page; with it the Page is polled.')),
    appSecret: Type.Optional(
      Secret('Secret of the app: proves requests and webhooks. Webhooks are not taken where it is absent.'),
    ),
    verifyToken: Type.Optional(Secret('Text of your own that Meta sends when the webhook is registered.')),
    tagged: Type.Boolean({ default: true, description: 'Poll posts of others in which the Page is tagged.' }),
    ratings: Type.Boolean({ default: true, description: 'Poll the recommendations of the Page.' }),
    postDays: Type.Integer({
      minimum: 1,
      maximum: 90,
      default: 14,
      description: 'How old a post may be whose comments are polled. Days.',
    }),
    everyMs: Type.Integer({ minimum: 10_000, default: 60_000, description: 'Time between two looks. Milliseconds.' }),
    endpoint: Type.String({
      pattern: '^https?://',
      default: 'https://graph.facebook.com/v26.0',
      description: 'The Graph API, with its version.',
    }),
  },
  { additionalProperties: false, description: 'Posts, comments and recommendations of a Facebook Page.' },
)
export type FacebookConfig = Static<typeof FacebookConfig>
