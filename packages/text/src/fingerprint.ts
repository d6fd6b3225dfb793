import { fold } from './fold.ts'
import { hashText, mix } from './hash.ts'
import { words } from './words.ts'

/**
 * What two copies of one text have in common. `hi` and `lo` are a 64-bit simhash (Charikar 2002), `exact` a hash of the
 * folded words, `words` how many there are; all unsigned 32-bit integers.
 */
export type Fingerprint = { readonly hi: number; readonly lo: number; readonly exact: number; readonly words: number }

/** Differing bits up to which two texts of at least five words are copies with small edits. */
export const NEAR_DUPLICATE_BITS = 8
const MIN_NEAR_WORDS = 5
const HI_SEED = 0x243f6a88
const LO_SEED = 0x85a308d3
const PAIR_SEED = 0x13198a2e

/**
 * Near-duplicate fingerprint of a text. Handles, URLs, case, accents, white space, punctuation and a leading "RT" do
 * not change it; one changed word moves a few bits.
 */
export function fingerprint(text: string): Fingerprint {
  const found = words(text).map(fold)
  if (found[0] === 'rt') found.shift()
  const sums = new Int32Array(64)
  let previous = 0
  let exact = found.length
  for (const word of found) {
    const hash = hashText(word, HI_SEED)
    add(sums, hash, 2)
    if (previous !== 0) add(sums, mix(Math.imul(previous, 31) ^ hash ^ PAIR_SEED), 1)
    previous = hash
    exact = mix(Math.imul(exact, 0x01000193) ^ hash)
  }
  return { hi: bits(sums, 0), lo: bits(sums, 32), exact, words: found.length }
}

function add(sums: Int32Array, hash: number, weight: number): void {
  const low = mix(hash ^ LO_SEED)
  for (let bit = 0; bit < 32; bit++) {
    sums[bit]! += (hash >>> bit) & 1 ? weight : -weight
    sums[32 + bit]! += (low >>> bit) & 1 ? weight : -weight
  }
}

function bits(sums: Int32Array, from: number): number {
  let value = 0
  for (let bit = 0; bit < 32; bit++) if (sums[from + bit]! > 0) value |= 1 << bit
  return value >>> 0
}

function ones(value: number): number {
  let v = value - ((value >>> 1) & 0x55555555)
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333)
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Differing bits of two fingerprints, 0 to 64. Unrelated texts are near 32. */
export function fingerprintDistance(a: Fingerprint, b: Fingerprint): number {
  return ones(a.hi ^ b.hi) + ones(a.lo ^ b.lo)
}

/** Whether two texts are copies: word for word, or long enough and nearly so. Texts without words are never copies. */
export function isNearDuplicate(a: Fingerprint, b: Fingerprint): boolean {
  if (a.words === 0 || b.words === 0) return false
  if (a.exact === b.exact && a.words === b.words) return true
  return Math.min(a.words, b.words) >= MIN_NEAR_WORDS && fingerprintDistance(a, b) <= NEAR_DUPLICATE_BITS
}
