import { sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const FeedsConfig = Type.Object(
  {
    connector: Type.Literal('feeds'),
    ...sourceFields,
    feeds: Type.Array(Type.String({ pattern: '^https?://[^\\s/?#@]+(?:[/?#]\\S*)?$', maxLength: 2_000 }), {
      minItems: 1,
      maxItems: 50,
      uniqueItems: true,
      description: 'Addresses of the feeds: RSS, Atom or JSON Feed.',
    }),
    everyMs: Type.Integer({
      minimum: 10_000,
      default: 300_000,
      description: 'Time between two looks, longer where the feed asks for it. Milliseconds.',
    }),
  },
  { additionalProperties: false, description: 'Entries of RSS, Atom and JSON feeds. No credentials.' },
)
export type FeedsConfig = Static<typeof FeedsConfig>
