import { fold } from './fold.ts'
import { GenerationalMemo } from './generational-memo.ts'
import { hashRange, hashText, mix } from './hash.ts'
import { baseLanguage, hasStemmer, stemWord } from './stem.ts'
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
  /** Distinct term ids, ascending: a dot product is a merge. The two lowest bits are the kind. */
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
 */
export function features(text: string, lang: string): TextFeatures {
  const memo = memoOf(baseLanguage(lang))
  const found = words(text)
  const terms = found.map((word) => memo.get(word))
  let total = Math.max(0, 2 * found.length - 1)
  for (const term of terms) total += term.grams.length

  const all = new Uint32Array(total)
  const wordIds = new Uint32Array(terms.length)
  let at = 0
  for (let i = 0; i < terms.length; i++) {
    const { id, grams } = terms[i]!
    wordIds[i] = id
    all[at++] = id
    if (i > 0) all[at++] = bigramId(wordIds[i - 1]!, id)
    all.set(grams, at)
    at += grams.length
  }
  all.sort()
  return { words: terms.map((term) => term.word), stems: terms.map((term) => term.stem), wordIds, ...weigh(all) }
}

function weigh(sorted: Uint32Array): { ids: Uint32Array; weights: Float32Array } {
  const ids = new Uint32Array(sorted.length)
  const weights = new Float32Array(sorted.length)
  let size = 0
  for (let i = 0; i < sorted.length;) {
    const id = sorted[i]!
    let end = i + 1
    while (end < sorted.length && sorted[end] === id) end++
    const count = end - i
    ids[size] = id
    weights[size++] = KIND_WEIGHTS[id & 3]! * (count === 1 ? 1 : 1 + Math.log(count))
    i = end
  }
  return { ids: ids.slice(0, size), weights: weights.slice(0, size) }
}
