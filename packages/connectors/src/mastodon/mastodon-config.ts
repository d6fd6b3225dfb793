import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const MastodonConfig = Type.Object(
  {
    connector: Type.Literal('mastodon'),
    ...sourceFields,
    tags: Type.Array(Type.String({ pattern: '^#?[\\p{L}\\p{M}\\p{N}_]{1,100}$' }), {
      minItems: 1,
      maxItems: 20,
      description: 'Hashtags to follow, with or without "#".',
    }),
    instances: Type.Array(
      Type.Object(
        {
          url: Type.String({
            pattern: '^https?://[^/\\s?#]+/?$',
            maxLength: 253,
            description: 'Address of the instance, as https://mastodon.social.',
          }),
          token: Type.Optional(
            Secret(
              'Access token of a user with the scope `read:statuses`. Adds the stream: posts within a second, edits and deletions. Without one the instance is polled, as far as it shows tag timelines to everyone.',
            ),
          ),
        },
        { additionalProperties: false },
      ),
      {
        minItems: 1,
        maxItems: 10,
        default: [{ url: 'https://mastodon.social' }],
        description: 'Instances to read. Each shows what its own users and those they follow wrote.',
      },
    ),
    everyMs: Type.Integer({
      minimum: 10_000,
      default: 30_000,
      description: 'Time between two looks at an instance without a stream. Milliseconds.',
    }),
  },
  {
    additionalProperties: false,
    description:
      'Public posts of Mastodon, and of servers with its API, under some hashtags. An instance allows 300 requests in 5 minutes.',
  },
)
export type MastodonConfig = Static<typeof MastodonConfig>
export type MastodonInstance = MastodonConfig['instances'][number]
