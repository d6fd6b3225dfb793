const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const SIX_BITS = new Uint8Array(128)
for (let value = 0; value < ALPHABET.length; value++) SIX_BITS[ALPHABET.charCodeAt(value)] = value

/** The bytes of a base64 text, signed. What is no base64 counts as zero bits: the record's schema has refused it. */
export const signedBytes = (text: string): Int8Array => {
  const end = text.indexOf('=')
  const size = end < 0 ? text.length : end
  const bytes = new Int8Array(Math.floor((size * 3) / 4))
  let bits = 0
  for (let at = 0, place = 0; at < size; at++) {
    bits = ((bits << 6) | (SIX_BITS[text.charCodeAt(at) & 127] ?? 0)) & 0xff_ff_ff
    if (at % 4 > 0) bytes[place++] = bits >> (6 - 2 * (at % 4))
  }
  return bytes
}
