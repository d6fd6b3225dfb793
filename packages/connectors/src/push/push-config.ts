import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const PushConfig = Type.Object(
  {
    connector: Type.Literal('push'),
    ...sourceFields,
    secret: Secret('Signs what is pushed: "whsec_" and base64, or any text of at least 16 characters.', {
      minLength: 16,
    }),
    previousSecrets: Type.Array(Secret('A secret that is being replaced; still accepted.', { minLength: 16 }), {
      default: [],
      maxItems: 10,
      description: 'Secrets still accepted while senders move to the new one.',
    }),
  },
  { additionalProperties: false, description: 'Mentions that others send, signed, to POST /api/v1/mentions.' },
)
export type PushConfig = Static<typeof PushConfig>
