import { hashRange } from './hash.ts'

/** Languages in Latin letters that the model tells apart; Hindi is here as people type it on phones. */
export const LATIN_LANGUAGES = ['de', 'en', 'es', 'fr', 'hi', 'it', 'nl', 'pl', 'pt', 'sv', 'tr'] as const
/** Weights a language; a power of two. */
export const LANGUAGE_BUCKETS = 2 ** 14
const MASK = LANGUAGE_BUCKETS - 1
const SEED = 0x3c6ef372
const WORD_SEED = 0x1f83d9ab
const GRAM_SIZES = [1, 2, 3, 4]

/** Buckets of one lower-case word: itself and its character 1- to 4-grams with their borders. */
export function languageBuckets(word: string): Uint32Array {
  const padded = ` ${word} `
  const buckets = [hashRange(padded, 0, padded.length, WORD_SEED) & MASK]
  for (const size of GRAM_SIZES)
    for (let i = 0; i + size <= padded.length; i++)
      if (size > 1 || padded[i] !== ' ') buckets.push(hashRange(padded, i, i + size, SEED) & MASK)
  return Uint32Array.from(buckets)
}
