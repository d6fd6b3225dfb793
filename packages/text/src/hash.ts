/** Final mix of MurmurHash3 (Appleby): every input bit changes about half of the output bits. */
export function mix(value: number): number {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** FNV-1a over the UTF-16 units of `text` from `start` to `end`, mixed; an unsigned 32-bit integer. */
export function hashRange(text: string, start: number, end: number, seed: number): number {
  let h = (0x811c9dc5 ^ seed) | 0
  for (let i = start; i < end; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return mix(h)
}

export function hashText(text: string, seed: number): number {
  return hashRange(text, 0, text.length, seed)
}
