import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const GithubConfig = Type.Object(
  {
    connector: Type.Literal('github'),
    ...sourceFields,
    repositories: Type.Array(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}$' }), {
      minItems: 1,
      maxItems: 50,
      uniqueItems: true,
      description: 'Repositories whose issues and comments are read: "owner/name".',
    }),
    token: Type.Optional(Secret('Access token: 5,000 requests an hour, else 60. Needs to read issues only.')),
    webhookSecret: Type.Optional(Secret('Secret of the webhook that GitHub sends; without it none is taken.')),
    discussions: Type.Boolean({
      default: false,
      description: 'Also read discussions, which takes a token.',
    }),
    everyMs: Type.Optional(
      Type.Integer({
        minimum: 10_000,
        description:
          'Time between two looks; where absent a minute with a token, else as the 60 requests an hour allow. Milliseconds.',
      }),
    ),
    endpoint: Type.String({
      pattern: '^https?://',
      default: 'https://api.github.com',
      description: 'The API to ask; of GitHub Enterprise Server "https://HOST/api/v3".',
    }),
  },
  {
    additionalProperties: false,
    description:
      'Issues and their comments of GitHub, and discussions by webhook. No credentials where they are public.',
  },
)
export type GithubConfig = Static<typeof GithubConfig>
