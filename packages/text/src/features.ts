import { fold } from './fold.ts'
import { GenerationalMemo } from './generational-memo.ts'
import { hashRange, hashText, mix } from './hash.ts'
import { baseLanguage, hasStemmer, stemWord } from './stem.ts'
import { TermCount } from './term-count.ts'
import { words } from './words.ts'

/** The two lowest bits of a term id say what the term is. */
export const TERM_WORD = 0
export const TERM_BIGRAM = 1
export const TERM_CHARACTERS = 2

/** Weight of each kind before the document frequency: words, pairs of words, character 3- and 4-grams. */
const KIND_WEIGHTS = [1, 0.5, 0.3]
const REMEMBERED_WORDS = 16_384
const CHARACTER_SEED = 0x5bd1e995
const WORD_SEED = 0x9e3779b9

export type TextFeatures = {
  /** Words as written (lower case, accents kept), in reading order: for labels. */
  readonly words: readonly string[]
  /** Their stems, the same length. */
  readonly stems: readonly string[]
  /** Term id of each stem, the same length; what `wordId(stem)` gives. */
  readonly wordIds: Uint32Array
  /** Distinct term ids in order of first use. The two lowest bits are the kind. */
  readonly ids: Uint32Array
  /** Weight of each id before the document frequency: kind weight x (1 + ln count). */
  readonly weights: Float32Array
}

type WordTerms = { readonly word: string; readonly stem: string; readonly id: number; readonly grams: Uint32Array }

const tag = (hash: number, kind: number): number => ((hash & ~3) | kind) >>> 0

/** Term id of a stem. */
export function wordId(stem: string): number {
  return tag(hashText(stem, WORD_SEED), TERM_WORD)
}

/** Term id of two stems next to each other, from their ids. */
export function bigramId(first: number, second: number): number {
  return tag(mix(Math.imul(first, 31) ^ mix(second)), TERM_BIGRAM)
}

/** 3- and 4-grams of " word ": inside words, so that they can be remembered by word. */
function characterGrams(folded: string): Uint32Array {
  const padded = ` ${folded} `
  const grams: number[] = []
  for (const size of [3, 4])
    for (let i = 0; i + size <= padded.length; i++)
      grams.push(tag(hashRange(padded, i, i + size, CHARACTER_SEED), TERM_CHARACTERS))
  return Uint32Array.from(grams)
}

const memos = new Map<string, GenerationalMemo<WordTerms>>()

/** Languages without a stemmer share one memo, so that the number of memos is bounded too. */
function memoOf(language: string): GenerationalMemo<WordTerms> {
  const key = hasStemmer(language) ? language : 'und'
  let memo = memos.get(key)
  if (!memo) {
    memo = new GenerationalMemo(REMEMBERED_WORDS, (word) => {
      const stem = stemWord(word, key)
      return { word, stem, id: wordId(stem), grams: characterGrams(fold(word)) }
    })
    memos.set(key, memo)
  }
  return memo
}

/** Stems of a text in reading order. `lang` is a language tag; unknown languages are only folded. */
export function tokenize(text: string, lang: string): string[] {
  const memo = memoOf(baseLanguage(lang))
  return words(text).map((word) => memo.get(word).stem)
}

/**
 * Everything the neighbourhood scan needs of one text: hashed words, word pairs and character 3- and 4-grams with their
 * weights, and the readable words beside them. Same text and language: same result, whatever was read before.
 *
 * @param found the words of the text, where they were read already
 */
export function features(text: string, lang: string, found: readonly string[] = words(text)): TextFeatures {
  const memo = memoOf(baseLanguage(lang))
  const terms = found.map((word) => memo.get(word))
  let total = Math.max(0, 2 * found.length - 1)
  for (const term of terms) total += term.grams.length

  const wordIds = new Uint32Array(terms.length)
  const count = new TermCount(total)
  for (let i = 0; i < terms.length; i++) {
    const { id, grams } = terms[i]!
    wordIds[i] = id
    count.add(id)
    if (i > 0) count.add(bigramId(wordIds[i - 1]!, id))
    for (let g = 0; g < grams.length; g++) count.add(grams[g]!)
  }
  const { ids, counts } = count.distinct()
  const weights = new Float32Array(ids.length)
  for (let i = 0; i < ids.length; i++) weights[i] = KIND_WEIGHTS[ids[i]! & 3]! * (1 + Math.log(counts[i]!))
  return { words: terms.map((term) => term.word), stems: terms.map((term) => term.stem), wordIds, ids, weights }
}
