import { createHash } from 'node:crypto'
import { type Fault, Secret } from '@outcry/contracts'
import { type Static, Type } from 'typebox'
import { defineFormat } from '../format.ts'
import { noticeHeadline } from '../render/notice-headline.ts'
import { senderFields } from '../target-fields.ts'
import { letterHtml, letterText } from './letter-body.ts'

const MAX_SUBJECT_CHARS = 180

/** One bare address: nothing in it can end a header or begin another address. */
const Address = (description: string) =>
  Type.String({ pattern: '^[^\\s@<>()\\[\\],;:"\\\\]{1,64}@[^\\s@<>()\\[\\],;:"\\\\]{1,255}$', description })

const EmailTarget = Type.Object(
  {
    format: Type.Literal('email'),
    ...senderFields,
    timeoutMs: Type.Integer({
      minimum: 100,
      maximum: 60_000,
      default: 30_000,
      description: 'Longest wait until the server has taken one mail. Milliseconds.',
    }),
    perMinute: Type.Integer({
      minimum: 1,
      maximum: 60_000,
      default: 60,
      description: 'Most mails in a minute; more wait their turn.',
    }),
    host: Type.String({ pattern: '^[^\\s/@]+$', description: 'Host name or address of the mail server.' }),
    port: Type.Integer({ minimum: 1, maximum: 65_535, default: 587, description: 'Port for submission.' }),
    tls: Type.Union([Type.Literal('starttls'), Type.Literal('implicit'), Type.Literal('none')], {
      default: 'starttls',
      description:
        '`starttls` refuses a server without it, `implicit` is for port 465, `none` is only for hosts of `allowPrivate`.',
    }),
    username: Type.Optional(Type.String({ minLength: 1, description: 'Login of the mail server.' })),
    password: Type.Optional(Secret('Password of the login.')),
    from: Address('Address of the sender.'),
    to: Type.Array(Address('One recipient.'), {
      minItems: 1,
      maxItems: 50,
      description: 'Recipients. Taken when one of them is accepted; give each that must have it a target of its own.',
    }),
  },
  { additionalProperties: false },
)
type EmailTarget = Static<typeof EmailTarget>

/** A mail by SMTP, text and HTML, in one thread per issue. */
export const email = defineFormat({
  name: 'email',
  configSchema: EmailTarget,
  check: (target) => loginFaults(target),
  render: (notice, target, context) => {
    const { host, port, tls, username, password, from, to } = target
    const login = username === undefined || password === undefined ? {} : { auth: { user: username, pass: password } }
    const domain = from.slice(from.lastIndexOf('@') + 1)
    return {
      server: { host, port, tls, ...login },
      letter: {
        from,
        to,
        subject: noticeHeadline(notice, MAX_SUBJECT_CHARS),
        text: letterText(notice, context),
        html: letterHtml(notice, context),
        messageId: `${messageName(notice.id)}@${domain}`,
        threadId: `${messageName(notice.dedupKey)}@${domain}`,
        headers: { 'auto-submitted': 'auto-generated', 'x-outcry-key': notice.dedupKey },
      },
    }
  },
})

/** The same on every try, so that mail systems which drop doubles can. */
const messageName = (id: string): string => `outcry.${createHash('sha256').update(id).digest('hex').slice(0, 32)}`

const loginFaults = ({ username, password }: EmailTarget): Fault[] =>
  (username === undefined) === (password === undefined)
    ? []
    : [
        {
          path: username === undefined ? 'username' : 'password',
          message: 'is missing',
          fix: 'Give username and password, or neither.',
        },
      ]
