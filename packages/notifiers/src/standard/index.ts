import { isoTime, OutcryError, Secret } from '@outcry/contracts'
import { type Static, Type } from 'typebox'
import { defineFormat } from '../format.ts'
import { noticeAt, noticeType } from '../notice.ts'
import { noticeData } from '../render/notice-data.ts'
import { postJson } from '../render/post-json.ts'
import { withinBytes } from '../render/within-bytes.ts'
import { senderFields, SecretUrl } from '../target-fields.ts'
import { secretKey, signatureHeader } from './sign.ts'

const MAX_BODY_BYTES = 19_000

const StandardTarget = Type.Object(
  {
    format: Type.Literal('standard'),
    ...senderFields,
    url: SecretUrl('Address of the receiver, https; it may hold a token, so it is kept as a secret.'),
    secret: Secret('Signing secret: "whsec_" and base64 of 24 to 64 random bytes.'),
    previousSecret: Type.Optional(
      Secret('The secret before, while the receiver changes over: every message carries both signatures.'),
    ),
  },
  { additionalProperties: false },
)
type StandardTarget = Static<typeof StandardTarget>

/** Standard Webhooks 1.0.0: https://github.com/standard-webhooks/standard-webhooks */
export const standard = defineFormat({
  name: 'standard',
  configSchema: StandardTarget,
  endsWhenGone: true,
  check: (target) =>
    (['secret', 'previousSecret'] as const)
      .filter((field) => target[field] !== undefined && secretKey(target[field]) === null)
      .map((field) => ({
        path: field,
        message: 'is no Standard Webhooks secret',
        fix: 'Make one with: echo "whsec_$(openssl rand -base64 32)"',
      })),
  render: (notice, target, context) => {
    const head = { type: noticeType(notice), timestamp: isoTime(noticeAt(notice)) }
    const bodies = noticeData(notice, context).map((data) => ({ ...head, data }))
    const body = withinBytes(MAX_BODY_BYTES, bodies)
    const timestampSeconds = Math.floor(context.nowMs / 1_000)
    return postJson(target.url, body, {
      'webhook-id': notice.id,
      'webhook-timestamp': String(timestampSeconds),
      'webhook-signature': signatureHeader(keysOf(target), notice.id, timestampSeconds, body),
    })
  },
})

const keysOf = (target: StandardTarget): Buffer[] =>
  [target.secret, target.previousSecret]
    .filter((secret) => secret !== undefined)
    .map((secret) => {
      const key = secretKey(secret)
      if (key !== null) return key
      throw new OutcryError('TARGET_CONFIG_INVALID', `target ${target.name} has a signing secret that is none`, {
        fix: 'Make one with: echo "whsec_$(openssl rand -base64 32)"',
      })
    })
