import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const IntercomConfig = Type.Object(
  {
    connector: Type.Literal('intercom'),
    ...sourceFields,
    accessToken: Secret('Access token of an app of your workspace, with the right to read conversations.'),
    clientSecret: Type.Optional(
      Secret('Client secret of the app, which signs its webhooks; nothing is taken where absent.'),
    ),
    region: Type.Union([Type.Literal('us'), Type.Literal('eu'), Type.Literal('au')], {
      default: 'us',
      description: 'Where the workspace is hosted.',
    }),
    replies: Type.Boolean({
      default: true,
      description:
        'Also read what customers write later in a conversation. One more request for each that has something new.',
    }),
    everyMs: Type.Integer({ minimum: 10_000, default: 30_000, description: 'Time between two looks. Milliseconds.' }),
    endpoint: Type.Optional(
      Type.String({ pattern: '^https?://', description: 'The API to ask where it is not that of the region.' }),
    ),
  },
  { additionalProperties: false, description: 'What customers write in conversations of Intercom.' },
)
export type IntercomConfig = Static<typeof IntercomConfig>
