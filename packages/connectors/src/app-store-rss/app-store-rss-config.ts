import { sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const AppStoreRssConfig = Type.Object(
  {
    connector: Type.Literal('app-store-rss'),
    ...sourceFields,
    apps: Type.Array(Type.String({ pattern: '^\\d{5,15}$' }), {
      minItems: 1,
      maxItems: 50,
      description: 'Ids of the apps, in quotes: the digits after "id" in their App Store address.',
    }),
    countries: Type.Array(Type.String({ pattern: '^[a-z]{2}$' }), {
      minItems: 1,
      maxItems: 175,
      default: ['us'],
      description: 'Storefronts to read, ISO 3166 codes of two small letters. Each has reviews of its own.',
    }),
    everyMs: Type.Integer({ minimum: 10_000, default: 600_000, description: 'Time between two looks. Milliseconds.' }),
    endpoint: Type.String({
      pattern: '^https?://',
      default: 'https://itunes.apple.com',
      description: 'Where the feeds are.',
    }),
  },
  { additionalProperties: false, description: 'Reviews of apps by the public feeds of the App Store. No credentials.' },
)
export type AppStoreRssConfig = Static<typeof AppStoreRssConfig>
