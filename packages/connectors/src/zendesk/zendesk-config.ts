import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const ZendeskConfig = Type.Object(
  {
    connector: Type.Literal('zendesk'),
    ...sourceFields,
    subdomain: Type.String({
      pattern: '^[A-Za-z0-9][A-Za-z0-9-]{0,62}$',
      description: 'The account, `acme` for https://acme.zendesk.com.',
    }),
    email: Type.Optional(
      Type.String({ pattern: '^[\\x21-\\x39\\x3b-\\x7e]+$', description: 'Admin whose API token it is.' }),
    ),
    apiToken: Type.Optional(Secret('API token, used with `email`.')),
    accessToken: Type.Optional(
      Secret('OAuth access token of an admin with the scope `read`, instead of an API token.'),
    ),
    webhookSecret: Type.Optional(Secret('Signing secret of the webhook; nothing is taken where absent.')),
    comments: Type.Boolean({
      default: true,
      description: 'Also read what customers write later in a ticket. One more request a look.',
    }),
    everyMs: Type.Integer({ minimum: 15_000, default: 60_000, description: 'Time between two looks. Milliseconds.' }),
    endpoint: Type.Optional(
      Type.String({ pattern: '^https?://', description: 'The account where it is not at its subdomain.' }),
    ),
  },
  { additionalProperties: false, description: 'Tickets, comments and ratings of customers in Zendesk.' },
)
export type ZendeskConfig = Static<typeof ZendeskConfig>

/** Address of the account, without a slash at the end. */
export const siteOf = ({ endpoint, subdomain }: ZendeskConfig): string =>
  endpoint?.replace(/\/+$/, '') ?? `https://${subdomain.toLowerCase()}.zendesk.com`
