import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

const OAuth = Type.Object(
  {
    tokenUrl: Type.String({
      pattern: '^https?://[^\\s]+$',
      description:
        'Token endpoint: https://oauth2.googleapis.com/token, or https://login.microsoftonline.com/TENANT/oauth2/v2.0/token.',
    }),
    clientId: Type.String({ minLength: 1, maxLength: 500, description: 'Id of the registered application.' }),
    clientSecret: Type.Optional(Secret('Secret of the registered application.')),
    refreshToken: Type.Optional(
      Secret('Refresh token of the mailbox. Without one the application asks for itself, as Microsoft allows it.'),
    ),
    scope: Type.Optional(
      Type.String({
        maxLength: 1_000,
        description: 'Scope to ask for: https://outlook.office365.com/.default where there is no refresh token.',
      }),
    ),
  },
  { additionalProperties: false },
)

export const ImapConfig = Type.Object(
  {
    connector: Type.Literal('imap'),
    ...sourceFields,
    host: Type.String({
      pattern: '^[^\\s/:@]+$|^[0-9a-fA-F:]+$',
      maxLength: 253,
      description: 'Name of the IMAP server.',
    }),
    port: Type.Integer({ minimum: 1, maximum: 65_535, default: 993, description: 'Its port.' }),
    security: Type.Union([Type.Literal('tls'), Type.Literal('starttls'), Type.Literal('none')], {
      default: 'tls',
      description: 'TLS from the first byte, TLS after STARTTLS (port 143), or none, for servers on this machine only.',
    }),
    user: Type.String({ minLength: 1, maxLength: 320, description: 'Name to log in with, mostly the address.' }),
    password: Type.Optional(Secret('Password, or an app password.')),
    oauth: Type.Optional(OAuth),
    mailbox: Type.String({ minLength: 1, maxLength: 255, default: 'INBOX', description: 'Folder to read.' }),
    automatic: Type.Boolean({
      default: false,
      description: 'Also read automatic answers, bounces, newsletters and mailing lists.',
    }),
    maxMailBytes: Type.Integer({
      minimum: 16_384,
      maximum: 16_777_216,
      default: 262_144,
      description: 'How much of a mail is fetched; what is longer is read up to there. Bytes.',
    }),
  },
  { additionalProperties: false, description: 'Mail in a folder of an IMAP server, which is only read.' },
)
export type ImapConfig = Static<typeof ImapConfig>
