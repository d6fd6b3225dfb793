import { hash } from 'node:crypto'

const BLOCK_BYTES = 64

/**
 * HMAC-SHA256 (RFC 2104) with one key, over and over: in Node 24 ten times faster than `createHmac`, which prepares its
 * key anew each time, and ingest hashes several ids of every mention.
 */
export const createKeyedHash = (secret: Uint8Array): ((message: string) => Buffer) => {
  const key = secret.byteLength > BLOCK_BYTES ? hash('sha256', secret, 'buffer') : secret
  const padded = (fill: number) => Buffer.alloc(BLOCK_BYTES, fill).map((byte, at) => byte ^ (key[at] ?? 0))
  const inner = padded(0x36)
  const outer = padded(0x5c)
  const digest = (pad: Uint8Array, bytes: Uint8Array) => hash('sha256', Buffer.concat([pad, bytes]), 'buffer')
  return (message) => digest(outer, digest(inner, Buffer.from(message)))
}
