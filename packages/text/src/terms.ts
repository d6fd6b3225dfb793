import { hashRange, hashText, mix } from './hash.ts'

/** The two lowest bits of a term id say what the term is. */
export const TERM_WORD = 0
export const TERM_BIGRAM = 1
export const TERM_CHARACTERS = 2

const CHARACTER_SEED = 0x5bd1e995
const WORD_SEED = 0x9e3779b9
const GRAM_SIZES = [3, 4]

const tag = (hash: number, kind: number): number => ((hash & ~3) | kind) >>> 0

/** Term id of a stem. */
export function wordId(stem: string): number {
  return tag(hashText(stem, WORD_SEED), TERM_WORD)
}

/** Term id of two stems next to each other, from their ids. */
export function bigramId(first: number, second: number): number {
  return tag(mix(Math.imul(first, 31) ^ mix(second)), TERM_BIGRAM)
}

/** Ids, as signed integers, of the 3- and 4-grams of " word ": inside words, so that they can be remembered by word. */
export function characterGrams(folded: string): number[] {
  const padded = ` ${folded} `
  const grams: number[] = []
  for (const size of GRAM_SIZES)
    for (let i = 0; i + size <= padded.length; i++)
      grams.push(tag(hashRange(padded, i, i + size, CHARACTER_SEED), TERM_CHARACTERS) | 0)
  return grams
}
