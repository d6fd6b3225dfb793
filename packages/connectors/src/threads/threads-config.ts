import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const ThreadsConfig = Type.Object(
  {
    connector: Type.Literal('threads'),
    ...sourceFields,
    accessToken: Secret('Long-lived access token of a Threads user; a person renews it within 60 days.'),
    keywords: Type.Array(Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }), {
      default: [],
      maxItems: 25,
      description: 'Words to search for; posts and replies that have them.',
    }),
    topics: Type.Array(Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }), {
      default: [],
      maxItems: 25,
      description: 'Topic tags to search for.',
    }),
    queriesPerDay: Type.Integer({
      minimum: 24,
      maximum: 1_000_000,
      default: 2_200,
      description: 'Queries that the user may send in 24 hours, over all apps; looks are spaced out to keep within.',
    }),
    everyMs: Type.Integer({
      minimum: 10_000,
      default: 60_000,
      description: 'Least time between two looks; longer where the limit asks for it. Milliseconds.',
    }),
    endpoint: Type.String({
      pattern: '^https?://',
      default: 'https://graph.threads.net/v1.0',
      description: 'The API to ask, with its version.',
    }),
  },
  { additionalProperties: false, description: 'Public posts of Threads that a keyword search finds.' },
)
export type ThreadsConfig = Static<typeof ThreadsConfig>
