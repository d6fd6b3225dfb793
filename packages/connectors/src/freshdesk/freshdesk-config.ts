import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const FreshdeskConfig = Type.Object(
  {
    connector: Type.Literal('freshdesk'),
    ...sourceFields,
    domain: Type.String({
      pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$',
      description: 'The account, `acme` for https://acme.freshdesk.com, or the whole name of its host.',
    }),
    apiKey: Secret('API key of an agent who sees all tickets.'),
    replies: Type.Boolean({
      default: true,
      description:
        'Also read what customers write later in a ticket. One more request for each that has something new.',
    }),
    requestsPerMinute: Type.Integer({
      minimum: 5,
      maximum: 700,
      default: 40,
      description: 'Most requests a minute for what is written in tickets, from the limit of your plan.',
    }),
    everyMs: Type.Integer({ minimum: 20_000, default: 60_000, description: 'Time between two looks. Milliseconds.' }),
    endpoint: Type.Optional(
      Type.String({ pattern: '^https?://', description: 'The account where it is not at its domain.' }),
    ),
  },
  { additionalProperties: false, description: 'Tickets and replies of customers in Freshdesk.' },
)
export type FreshdeskConfig = Static<typeof FreshdeskConfig>

const hostOf = (domain: string): string =>
  (domain.includes('.') ? domain : `${domain}.freshdesk.com`).toLowerCase().replace(/\.+$/, '')

/** Address of the account, without a slash at the end. */
export const siteOf = ({ endpoint, domain }: FreshdeskConfig): string =>
  endpoint?.replace(/\/+$/, '') ?? `https://${hostOf(domain)}`

/** Names the account in ids. */
export const scopeOf = ({ domain }: FreshdeskConfig): string => hostOf(domain).replace(/\.freshdesk\.com$/, '')
