import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

const bytesOf = (text: string): Uint8Array => {
  const bytes = new Uint8Array(text.length * 2)
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    bytes[at * 2] = unit >>> 8
    bytes[at * 2 + 1] = unit & 0xff
  }
  return bytes
}

/**
 * Names things after what founded them without giving it away: the first 128 bits of HMAC-SHA-256 (RFC 2104) over the
 * parts, as 32 hex digits. Mention ids identify people; ids of issues and clusters must not.
 */
export const createKeyedHash = (key: string): ((...parts: string[]) => string) => {
  const secret = bytesOf(key)
  return (...parts) => {
    const digest = hmac(sha256, secret, bytesOf(parts.map((part) => `${part.length}:${part}`).join('')))
    let hex = ''
    for (let at = 0; at < 16; at++) hex += HEX[digest[at]!]
    return hex
  }
}
