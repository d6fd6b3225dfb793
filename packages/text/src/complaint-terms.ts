import { fold } from './fold.ts'
import { hashRange, hashText, mix } from './hash.ts'
import { UNSPACED, classAt } from './letters.ts'
import { words } from './words.ts'

/** Number of weights of the complaint model; a power of two. */
export const BUCKETS = 2 ** 18
const MASK = BUCKETS - 1
const WORD_SEED = 0x2545f491
const GRAM_SEED = 0x6c078965
const PAIR_SEED = 0x01000193
/** Value of a word, of each of its character grams, and of a pair of words. */
export const WORD_VALUE = 1
export const GRAM_VALUE: number = Math.fround(0.6)
export const PAIR_VALUE = 0.7
const GRAM_SIZES = [3, 4, 5]
const PICTOGRAM = /\p{Extended_Pictographic}/gu
const HAS_PICTOGRAM = /[\u2190-\u2bff\u3030\u303d\ud83c-\ud83e]/
const HAS_FACE = /[:;=<]/
const SAD_FACE = /[:;=]['’]?-?[([\\|]|[:;=]-?\/(?!\/)|\bD:/
const GLAD_FACE = /[:;=]['’]?-?[)\]DPp]|<3/
const REPEATED = /(.)\1{2,}/gu
const MAX_PICTOGRAMS = 20
const HIGH_SURROGATE = 0xd800

/** One word's part in the linear model: its bucket, then those of its grams. */
export type WordPart = { readonly hash: number; readonly buckets: readonly number[] }

/** Words, pictograms and faces of a text as the model reads them. */
export function complaintWords(text: string): string[] {
  return [...words(text), ...marks(text)]
}

/** Pictograms and faces: what `words` leaves out and moods are written with. */
export function marks(text: string): string[] {
  const found = HAS_PICTOGRAM.test(text) ? (text.match(PICTOGRAM) ?? []).slice(0, MAX_PICTOGRAMS) : []
  if (!HAS_FACE.test(text)) return found
  if (SAD_FACE.test(text)) found.push(':(')
  if (GLAD_FACE.test(text)) found.push(':)')
  return found
}

/** Buckets of one word: itself and its character 3-, 4- and 5-grams with their borders. */
export function wordPart(word: string): WordPart {
  const folded = fold(word)
  const squeezed = mayRepeat(folded) ? folded.replace(REPEATED, '$1$1') : folded
  const hash = hashText(squeezed, WORD_SEED)
  const buckets = [hash & MASK]
  if (classAt(squeezed, 0) !== UNSPACED) {
    const padded = ` ${squeezed} `
    for (const size of GRAM_SIZES)
      for (let i = 0; i + size <= padded.length; i++) buckets.push(hashRange(padded, i, i + size, GRAM_SEED) & MASK)
  }
  return { hash, buckets }
}

/** False where no character comes three times in a row: dearer to find out by a regular expression. */
function mayRepeat(folded: string): boolean {
  for (let i = 2; i < folded.length; i++) {
    const unit = folded.charCodeAt(i)
    if (unit >= HIGH_SURROGATE || (unit === folded.charCodeAt(i - 1) && unit === folded.charCodeAt(i - 2))) return true
  }
  return false
}

/** Bucket of two words next to each other, from their hashes. */
export function pairBucket(first: number, second: number): number {
  return mix(Math.imul(first, 31) ^ mix(second ^ PAIR_SEED)) & MASK
}
