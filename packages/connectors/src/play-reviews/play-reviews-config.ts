import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const PlayReviewsConfig = Type.Object(
  {
    connector: Type.Literal('play-reviews'),
    ...sourceFields,
    serviceAccount: Secret('JSON key of the service account, best as file:PATH.'),
    packages: Type.Array(Type.String({ pattern: '^[A-Za-z][\\w]*(\\.[A-Za-z][\\w]*)+$', maxLength: 90 }), {
      minItems: 1,
      maxItems: 20,
      description: 'Package names of the apps.',
    }),
    everyMs: Type.Integer({ minimum: 10_000, default: 600_000, description: 'Time between two looks. Milliseconds.' }),
    endpoint: Type.String({
      pattern: '^https?://',
      default: 'https://androidpublisher.googleapis.com',
      description: 'The API to ask.',
    }),
  },
  { additionalProperties: false, description: 'Reviews of your own apps in Google Play, with a service account.' },
)
export type PlayReviewsConfig = Static<typeof PlayReviewsConfig>
