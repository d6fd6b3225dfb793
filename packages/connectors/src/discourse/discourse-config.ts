import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const DiscourseConfig = Type.Object(
  {
    connector: Type.Literal('discourse'),
    ...sourceFields,
    url: Type.String({
      pattern: '^https?://[^\\s?#@]+$',
      maxLength: 300,
      description: 'The forum, with its folder where it has one: "https://community.acme.com".',
    }),
    apiKey: Type.Optional(
      Secret('API key, where the forum shows nothing without. Without it, what everybody sees is read.'),
    ),
    apiUsername: Type.Optional(
      Type.String({ minLength: 1, maxLength: 60, description: 'User as whom a key for all users asks.' }),
    ),
    webhookSecret: Type.Optional(Secret('Secret of the webhook that the forum sends; without it none is taken.')),
    categoryIds: Type.Array(Type.Integer({ minimum: 1 }), {
      default: [],
      maxItems: 500,
      description: 'Ids of the only categories read; all where empty.',
    }),
    everyMs: Type.Integer({ minimum: 10_000, default: 60_000, description: 'Time between two looks. Milliseconds.' }),
  },
  { additionalProperties: false, description: 'Posts of a Discourse forum. No credentials where the forum is public.' },
)
export type DiscourseConfig = Static<typeof DiscourseConfig>
