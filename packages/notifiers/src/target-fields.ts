import { Secret, targetFields } from '@outcry/contracts'
import { Type } from 'typebox'

/** How fast a target is spoken to. */
export const perMinute = (value: number, description = 'Most requests in a minute; more wait their turn.') =>
  Type.Integer({ minimum: 1, maximum: 60_000, default: value, description })

const ADDRESS = '^https?://[^\\s]+$'

/** Fields every target of this package has. */
export const senderFields = {
  ...targetFields,
  timeoutMs: Type.Integer({
    minimum: 100,
    maximum: 60_000,
    default: 10_000,
    description: 'Longest wait for one answer. Milliseconds.',
  }),
  perMinute: perMinute(600),
}

/** The same for tools that wake people: what does not page stays out of them unless asked for. */
export const pagingFields = {
  ...senderFields,
  perMinute: perMinute(120),
  pagesOnly: Type.Boolean({
    default: true,
    description: 'Send only alerts of issues that page; false also sends held ones, at the lowest urgency.',
  }),
}

/** The same for chats, which take about one message a second. */
export const chatFields = { ...senderFields, perMinute: perMinute(60) }

/** An address a target posts to. Plain http is only for hosts of `allowPrivate`. */
export const BaseUrl = (value: string, description: string) =>
  Type.String({ pattern: ADDRESS, maxLength: 2_048, default: value, description })

/** An address that lets whoever has it post. */
export const SecretUrl = (description: string) => Secret(description, { pattern: ADDRESS })
