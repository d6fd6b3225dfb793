import { mix } from './hash.ts'
import type { Word } from './word.ts'
import { readWords } from './word-book.ts'
import { wordPrint } from './word-print.ts'

/**
 * What two copies of one text have in common. `hi` and `lo` are a 64-bit simhash (Charikar 2002), `exact` a hash of the
 * folded words, `words` how many there are; all unsigned 32-bit integers.
 */
export type Fingerprint = { readonly hi: number; readonly lo: number; readonly exact: number; readonly words: number }

/** Differing bits up to which two texts of at least five words are copies with small edits. */
export const NEAR_DUPLICATE_BITS = 8
const MIN_NEAR_WORDS = 5
const LO_SEED = 0x85a308d3
const PAIR_SEED = 0x13198a2e
/** A word weighs 2 to the power of 1, a pair 2 to the power of 0. */
const WORD_PLANE = 1
const PAIR_PLANE = 0
const RETWEET = wordPrint('rt')

/** Enough for the weight of 400 words and their pairs. */
const PLANES = 11

/**
 * How often each of 32 bits was set, all counted at once: plane p holds bit p of every count, and adding carries from
 * plane to plane.
 */
class BitCounts {
  readonly #planes = new Int32Array(PLANES)

  start(): void {
    this.#planes.fill(0)
  }

  /** Adds the bits 2 to the power of `first` times. */
  add(bits: number, first: number): void {
    const planes = this.#planes
    let carry = bits
    for (let plane = first; carry !== 0 && plane < PLANES; plane++) {
      const before = planes[plane]!
      planes[plane] = before ^ carry
      carry &= before
    }
  }

  /** The bits that were set more than `times` times. */
  above(times: number): number {
    let more = 0
    let equal = -1
    for (let plane = PLANES - 1; plane >= 0; plane--) {
      const bits = this.#planes[plane]!
      if ((times >>> plane) & 1) equal &= bits
      else {
        more |= equal & bits
        equal &= ~bits
      }
    }
    return more >>> 0
  }
}

const hiCounts = new BitCounts()
const loCounts = new BitCounts()

function addBits(hash: number, first: number): void {
  hiCounts.add(hash, first)
  loCounts.add(mix(hash ^ LO_SEED), first)
}

/**
 * Near-duplicate fingerprint of a text. Handles, URLs, case, accents, white space, punctuation and a leading "RT" do
 * not change it; one changed word moves a few bits.
 */
export function fingerprint(text: string): Fingerprint {
  return fingerprintOf(readWords(text))
}

/** The same for words already read. */
export function fingerprintOf(found: readonly Word[]): Fingerprint {
  const first = found.length > 0 && found[0]!.print === RETWEET ? 1 : 0
  hiCounts.start()
  loCounts.start()
  let exact = found.length - first
  let before = 0
  for (let i = first; i < found.length; i++) {
    const hash = found[i]!.print
    addBits(hash, WORD_PLANE)
    if (i > first) addBits(mix(Math.imul(before, 31) ^ hash ^ PAIR_SEED), PAIR_PLANE)
    before = hash
    exact = mix(Math.imul(exact, 0x01000193) ^ hash)
  }
  const words = found.length - first
  // A word weighs 2, a pair 1: half of all that is the number of words and half of the pairs.
  const half = words + (Math.max(0, words - 1) >> 1)
  return { hi: hiCounts.above(half), lo: loCounts.above(half), exact, words }
}

/** Bits that are set in a 32-bit number. */
export function setBits(value: number): number {
  let v = value - ((value >>> 1) & 0x55555555)
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333)
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Differing bits of two fingerprints, 0 to 64. Unrelated texts are near 32. */
export function fingerprintDistance(a: Fingerprint, b: Fingerprint): number {
  return setBits(a.hi ^ b.hi) + setBits(a.lo ^ b.lo)
}

/** Whether two texts are copies: word for word, or long enough and nearly so. Texts without words are never copies. */
export function isNearDuplicate(a: Fingerprint, b: Fingerprint): boolean {
  if (a.words === 0 || b.words === 0) return false
  if (a.exact === b.exact && a.words === b.words) return true
  return Math.min(a.words, b.words) >= MIN_NEAR_WORDS && fingerprintDistance(a, b) <= NEAR_DUPLICATE_BITS
}
