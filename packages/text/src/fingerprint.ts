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
const WORD_WEIGHT = 2
const PAIR_WEIGHT = 1
const RETWEET = wordPrint('rt')

// One count a bit. Four bits are counted at once in the bytes of one integer; bytes are emptied before they overflow.
const LANES = 16
const SPREAD = Uint32Array.from({ length: 16 }, (_, nibble) =>
  [0, 1, 2, 3].reduce((packed, bit) => packed | (((nibble >>> bit) & 1) << (8 * bit)), 0),
)
const MAX_PACKED = 255

class BitCounts {
  readonly #packed = new Uint32Array(LANES)
  readonly #totals = new Uint32Array(64)
  #pending = 0
  #weight = 0

  start(): void {
    this.#packed.fill(0)
    this.#totals.fill(0)
    this.#pending = 0
    this.#weight = 0
  }

  add(hash: number, weight: number): void {
    if (this.#pending + weight > MAX_PACKED) this.#empty()
    this.#pending += weight
    this.#weight += weight
    const low = mix(hash ^ LO_SEED)
    const packed = this.#packed
    for (let lane = 0; lane < 8; lane++) {
      packed[lane]! += SPREAD[(hash >>> (4 * lane)) & 15]! * weight
      packed[8 + lane]! += SPREAD[(low >>> (4 * lane)) & 15]! * weight
    }
  }

  /** Bits from `first` on that were set in more than half of what was added. */
  majority(first: number): number {
    this.#empty()
    let bits = 0
    for (let bit = 0; bit < 32; bit++) if (2 * this.#totals[first + bit]! > this.#weight) bits |= 1 << bit
    return bits >>> 0
  }

  #empty(): void {
    for (let bit = 0; bit < 64; bit++) this.#totals[bit]! += (this.#packed[bit >>> 2]! >>> (8 * (bit & 3))) & 255
    this.#packed.fill(0)
    this.#pending = 0
  }
}

const counts = new BitCounts()

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
  counts.start()
  let exact = found.length - first
  let before = 0
  for (let i = first; i < found.length; i++) {
    const hash = found[i]!.print
    counts.add(hash, WORD_WEIGHT)
    if (i > first) counts.add(mix(Math.imul(before, 31) ^ hash ^ PAIR_SEED), PAIR_WEIGHT)
    before = hash
    exact = mix(Math.imul(exact, 0x01000193) ^ hash)
  }
  return { hi: counts.majority(0), lo: counts.majority(32), exact, words: found.length - first }
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
