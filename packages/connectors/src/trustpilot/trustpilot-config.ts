import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const TrustpilotConfig = Type.Object(
  {
    connector: Type.Literal('trustpilot'),
    ...sourceFields,
    businessUnitIds: Type.Array(Type.String({ pattern: '^[0-9a-f]{24}$' }), {
      default: [],
      maxItems: 50,
      description: 'Business units whose reviews are polled; none where only webhooks are taken.',
    }),
    apiKey: Type.Optional(Secret('Key of the application; alone it reads what is public.')),
    apiSecret: Type.Optional(Secret('Secret of the application; with it the private API is read.')),
    productReviews: Type.Boolean({ default: false, description: 'Poll the reviews of products too.' }),
    webhookSecret: Type.Optional(
      Secret('Stands in the address that Trustpilot is given, as ?secret=…; webhooks are not taken where absent.', {
        minLength: 16,
      }),
    ),
    everyMs: Type.Integer({ minimum: 10_000, default: 60_000, description: 'Time between two looks. Milliseconds.' }),
    endpoint: Type.String({
      pattern: '^https?://',
      default: 'https://api.trustpilot.com',
      description: 'The API to ask.',
    }),
  },
  { additionalProperties: false, description: 'Reviews of Trustpilot, by webhook and by polling.' },
)
export type TrustpilotConfig = Static<typeof TrustpilotConfig>
