import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const RedditConfig = Type.Object(
  {
    connector: Type.Literal('reddit'),
    ...sourceFields,
    clientId: Type.String({ minLength: 1, description: 'Id of the application that Reddit approved.' }),
    clientSecret: Secret('Secret of the application.'),
    userAgent: Type.String({
      minLength: 10,
      maxLength: 200,
      pattern: '^[\\x20-\\x7e]+$',
      description: 'Says who asks, as Reddit requires: "server:com.acme.outcry:1.0 (by /u/name)".',
    }),
    subreddits: Type.Array(Type.String({ pattern: '^[A-Za-z0-9_]{2,21}$' }), {
      default: [],
      maxItems: 50,
      description: 'Subreddits of which every post and comment is read.',
    }),
    searches: Type.Array(Type.String({ minLength: 2, maxLength: 512 }), {
      default: [],
      maxItems: 20,
      description: 'Searches over the posts of all of Reddit, in its own search syntax.',
    }),
    everyMs: Type.Integer({ minimum: 10_000, default: 30_000, description: 'Time between two looks. Milliseconds.' }),
    endpoint: Type.String({
      pattern: '^https?://',
      default: 'https://oauth.reddit.com',
      description: 'The API to ask.',
    }),
    tokenEndpoint: Type.String({
      pattern: '^https?://',
      default: 'https://www.reddit.com/api/v1/access_token',
      description: 'Where tokens are given.',
    }),
  },
  { additionalProperties: false, description: 'Posts and comments of Reddit, with an approved application.' },
)
export type RedditConfig = Static<typeof RedditConfig>
