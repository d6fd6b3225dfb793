import { createHmac } from 'node:crypto'

const PREFIX = 'whsec_'
const KEY_BYTES = { min: 24, max: 64 }

/** The key inside a `whsec_` secret; null when it is not base64 of 24 to 64 bytes. */
export const secretKey = (secret: string): Buffer | null => {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret
  const key = Buffer.from(text, 'base64')
  const exact = key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '')
  return exact && key.length >= KEY_BYTES.min && key.length <= KEY_BYTES.max ? key : null
}

/**
 * The `webhook-signature` header of Standard Webhooks 1.0.0: HMAC-SHA256 over `id.timestamp.body`, one `v1,` entry per
 * key, so that a receiver may change its secret without losing a message. `timestampSeconds` is that of this try.
 */
export const signatureHeader = (keys: readonly Buffer[], id: string, timestampSeconds: number, body: string): string =>
  keys
    .map((key) => `v1,${createHmac('sha256', key).update(`${id}.${timestampSeconds}.${body}`).digest('base64')}`)
    .join(' ')
