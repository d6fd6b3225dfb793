import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const AppStoreConnectConfig = Type.Object(
  {
    connector: Type.Literal('app-store-connect'),
    ...sourceFields,
    keyId: Type.String({ minLength: 1, maxLength: 50, description: 'Id of the API key.' }),
    issuerId: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: 'Issuer id of the team; absent for an individual key.',
      }),
    ),
    privateKey: Secret('Private key of the API key, best as file:AuthKey_….p8.'),
    apps: Type.Array(Type.String({ pattern: '^\\d{5,15}$' }), {
      minItems: 1,
      maxItems: 50,
      description: 'Apple ids of the apps, in quotes.',
    }),
    territories: Type.Array(Type.String({ pattern: '^[A-Z]{3}$' }), {
      default: [],
      maxItems: 175,
      description: 'Countries to read, ISO 3166 codes of three letters; all where empty.',
    }),
    responses: Type.Boolean({
      default: true,
      description: 'Also read what the developer answered, as written by the brand.',
    }),
    everyMs: Type.Integer({ minimum: 10_000, default: 300_000, description: 'Time between two looks. Milliseconds.' }),
    endpoint: Type.String({
      pattern: '^https?://',
      default: 'https://api.appstoreconnect.apple.com',
      description: 'The API to ask.',
    }),
  },
  { additionalProperties: false, description: 'Reviews of your own apps by the App Store Connect API.' },
)
export type AppStoreConnectConfig = Static<typeof AppStoreConnectConfig>
