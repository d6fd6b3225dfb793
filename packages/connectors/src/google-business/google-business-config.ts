import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const GoogleBusinessConfig = Type.Object(
  {
    connector: Type.Literal('google-business'),
    ...sourceFields,
    clientId: Type.String({ minLength: 1, description: 'Id of the OAuth client of the approved project.' }),
    clientSecret: Secret('Secret of the OAuth client.'),
    refreshToken: Secret('Refresh token of a manager of the locations, with the scope business.manage.'),
    locations: Type.Array(Type.String({ pattern: '^accounts/\\d{1,30}/locations/\\d{1,30}$' }), {
      minItems: 1,
      maxItems: 500,
      description: 'Verified locations, as accounts/123/locations/456.',
    }),
    everyMs: Type.Integer({ minimum: 10_000, default: 300_000, description: 'Time between two looks. Milliseconds.' }),
    endpoint: Type.String({
      pattern: '^https?://',
      default: 'https://mybusiness.googleapis.com',
      description: 'The API to ask.',
    }),
    tokenEndpoint: Type.String({
      pattern: '^https?://',
      default: 'https://oauth2.googleapis.com/token',
      description: 'Where tokens are given.',
    }),
  },
  {
    additionalProperties: false,
    description: 'Reviews of your own places on Google Maps and in the search of Google.',
  },
)
export type GoogleBusinessConfig = Static<typeof GoogleBusinessConfig>
