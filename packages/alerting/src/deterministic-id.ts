const OFFSET = 0x6c62272e07bb014262b821756295c58dn
const PRIME = 0x0000000001000000000000000000013bn
const MASK = (1n << 128n) - 1n

/**
 * An id from what it stands for: the same parts give the same id in every process and after every restart.
 * FNV-1a with 128 bits over UTF-16 code units (RFC 9923); the parts are keyed hashes already, so it need not hide them.
 */
export const deterministicId = (prefix: string, ...parts: readonly string[]): string => {
  let hash = OFFSET
  // Lengths keep ('ab', 'c') and ('a', 'bc') apart.
  for (const part of parts.flatMap((text) => [`${text.length}:`, text])) {
    for (let at = 0; at < part.length; at++) {
      const unit = part.charCodeAt(at)
      hash = ((hash ^ BigInt(unit & 0xff)) * PRIME) & MASK
      hash = ((hash ^ BigInt(unit >> 8)) * PRIME) & MASK
    }
  }
  return `${prefix}_${hash.toString(16).padStart(32, '0')}`
}
