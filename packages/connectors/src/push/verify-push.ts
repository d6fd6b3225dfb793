import { createHmac, timingSafeEqual } from 'node:crypto'
import { MINUTE_MS } from '@outcry/contracts'

/** How far a push's timestamp may be from the clock, either way. */
const TOLERANCE_MS = 5 * MINUTE_MS

/** The headers `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature` of a push. */
export type PushSignature = { id: string; timestamp: string; signature: string }
export type PushVerdict = 'valid' | 'stale' | 'mismatch'

/**
 * Checks a Standard Webhooks signature (v1, HMAC-SHA256 over `id.timestamp.body`, the raw bytes). Every secret is tried
 * against every signature of the header, in constant time, so that secrets can be rotated on either side.
 */
export const verifyPush = (
  secrets: readonly string[],
  { id, timestamp, signature }: PushSignature,
  body: Uint8Array,
  nowMs: number,
): PushVerdict => {
  if (id === '' || id.includes('.') || !/^\d{1,12}$/.test(timestamp)) return 'mismatch'
  const given = signature.split(' ').flatMap((each) => (each.startsWith('v1,') ? [Buffer.from(each.slice(3))] : []))
  let matched = false
  for (const secret of secrets) {
    const expected = Buffer.from(
      createHmac('sha256', secretBytes(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64'),
    )
    for (const each of given.slice(0, 16))
      if (each.length === expected.length && timingSafeEqual(each, expected)) matched = true
  }
  if (!matched) return 'mismatch'
  return Math.abs(nowMs - Number(timestamp) * 1_000) <= TOLERANCE_MS ? 'valid' : 'stale'
}

const secretBytes = (secret: string): Buffer =>
  secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret)
