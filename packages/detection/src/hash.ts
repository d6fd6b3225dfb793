/** 32-bit hash of a string's UTF-16 units (MurmurHash3 mixing, Appleby 2011). Not keyed: for buckets, never for ids. */
export const hash32 = (text: string, seed = 0): number => {
  let hash = seed | 0
  for (let at = 0; at < text.length; at++) {
    let block = Math.imul(text.charCodeAt(at), 0xcc9e2d51)
    block = Math.imul((block << 15) | (block >>> 17), 0x1b873593)
    hash ^= block
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0
  }
  return mix32(hash ^ text.length)
}

/** Spreads 32 bits so that every input bit changes every output bit. */
export const mix32 = (value: number): number => {
  let hash = value | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** 53-bit hash of a string as an exact integer: one collision in a million strings has odds of about 1 in 18,000. */
export const hash53 = (text: string): number =>
  (hash32(text, 0x9e3779b9) & 0x1fffff) * 4_294_967_296 + hash32(text, 0x7f4a7c15)
