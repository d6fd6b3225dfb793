import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const YoutubeConfig = Type.Object(
  {
    connector: Type.Literal('youtube'),
    ...sourceFields,
    apiKey: Secret('API key of a project of Google Cloud with the YouTube Data API v3.'),
    channels: Type.Array(Type.String({ pattern: '^UC[A-Za-z0-9_-]{22}$' }), {
      default: [],
      maxItems: 20,
      description: 'Channels, by id (`UC…`): every comment on all of their videos.',
    }),
    videos: Type.Array(Type.String({ pattern: '^[A-Za-z0-9_-]{11}$' }), {
      default: [],
      maxItems: 50,
      description: 'Videos, by id: every comment on them.',
    }),
    unitsPerDay: Type.Integer({
      minimum: 100,
      maximum: 100_000_000,
      default: 10_000,
      description:
        'Units of the daily quota of the project that this source may use; looks are spaced out to keep within.',
    }),
    everyMs: Type.Integer({
      minimum: 10_000,
      default: 60_000,
      description: 'Least time between two looks; longer where the quota asks for it. Milliseconds.',
    }),
    endpoint: Type.String({
      pattern: '^https?://',
      default: 'https://www.googleapis.com',
      description: 'The API to ask.',
    }),
  },
  { additionalProperties: false, description: 'Comments on YouTube, with an API key.' },
)
export type YoutubeConfig = Static<typeof YoutubeConfig>
