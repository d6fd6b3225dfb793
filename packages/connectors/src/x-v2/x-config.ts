import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const XConfig = Type.Object(
  {
    connector: Type.Literal('x-v2'),
    ...sourceFields,
    bearerToken: Secret('Bearer token of the app (app-only).'),
    rules: Type.Array(Type.String({ minLength: 1, maxLength: 512, pattern: '\\S' }), {
      minItems: 1,
      maxItems: 25,
      description:
        'Rules of the filtered stream, in the syntax of X: `"acme air" -is:retweet lang:en`. They are also searched for, so only operators that both know.',
    }),
    maxPostsPerMonth: Type.Integer({
      minimum: 100,
      maximum: 100_000_000,
      default: 20_000,
      description: 'Posts that may be read in a calendar month (UTC); then the source is blind until the next. Posts.',
    }),
    recheckPostsPerDay: Type.Integer({
      minimum: 0,
      maximum: 100_000,
      default: 200,
      description:
        'Posts of the day before that are asked for again in a day, to notice edits and deletions; each is billed. Those of the same day cost nothing. Posts.',
    }),
    expandAuthors: Type.Boolean({
      default: true,
      description: 'Ask for the handle, followers and age of each author, which X may bill apart.',
    }),
    everyMs: Type.Integer({
      minimum: 10_000,
      default: 60_000,
      description: 'Time between two searches while there is no stream. Milliseconds.',
    }),
    endpoint: Type.String({ pattern: '^https?://', default: 'https://api.x.com', description: 'The API to ask.' }),
  },
  { additionalProperties: false, description: 'Posts of X that match rules, by the paid API.' },
)
export type XConfig = Static<typeof XConfig>
