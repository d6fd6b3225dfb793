import { stemmerOf } from './stem.ts'
import { TermCount } from './term-count.ts'
import type { Word } from './word.ts'
import { readWords } from './word-book.ts'
import { bigramId } from './terms.ts'

/** Weight of each kind before the document frequency: words, pairs of words, character 3- and 4-grams. */
const KIND_WEIGHTS = [1, 0.5, 0.3]
const SMALLEST = 512

/** `size` distinct term ids in order of first use, and the weight of each before the document frequency. */
export type Terms = { readonly size: number; readonly ids: Uint32Array; readonly weights: Float32Array }

export type TextFeatures = Terms & {
  /** Words as written (lower case, accents kept), in reading order: for labels. */
  readonly words: readonly string[]
  /** Their stems, the same length. */
  readonly stems: readonly string[]
  /** Term id of each stem, the same length; what `wordId(stem)` gives. */
  readonly wordIds: Uint32Array
}

const termCount = new TermCount()
let weights = new Float32Array(SMALLEST)

/** Stems of words in reading order. `lang` is a language tag; unknown languages are only folded. */
export function stemsOf(found: readonly Word[], lang: string): string[] {
  const stemmer = stemmerOf(lang)
  return found.map((word) => word.stemText(stemmer))
}

/** Stems of a text in reading order. */
export function tokenize(text: string, lang: string): string[] {
  return stemsOf(readWords(text), lang)
}

/**
 * Everything the neighbourhood scan needs of one text: hashed words, word pairs and character 3- and 4-grams with a
 * weight of kind weight x (1 + ln count); the two lowest bits of an id are its kind. Same words and language: same
 * result, whatever was read before. Valid until the next text is asked for.
 */
export function termsOf(found: readonly Word[], lang: string): Terms {
  const stemmer = stemmerOf(lang)
  let most = Math.max(0, 2 * found.length - 1)
  for (let i = 0; i < found.length; i++) most += found[i]!.grams.length
  termCount.start(most)
  let before = 0
  for (let i = 0; i < found.length; i++) {
    const word = found[i]!
    const id = word.stemId(stemmer)
    termCount.add(id)
    if (i > 0) termCount.add(bigramId(before, id) | 0)
    before = id
    termCount.addAll(word.grams)
  }
  const { size, ids, counts } = termCount
  if (weights.length < size) weights = new Float32Array(2 * size)
  for (let i = 0; i < size; i++) {
    const kind = KIND_WEIGHTS[ids[i]! & 3]!
    const count = counts[i]!
    weights[i] = count === 1 ? kind : kind * (1 + Math.log(count))
  }
  return { size, ids, weights }
}

/** The same, to keep, and the readable words beside it. */
export function features(text: string, lang: string): TextFeatures {
  const found = readWords(text)
  const stemmer = stemmerOf(lang)
  const terms = termsOf(found, lang)
  return {
    words: found.map((word) => word.text),
    stems: stemsOf(found, lang),
    wordIds: Uint32Array.from(found, (word) => word.stemId(stemmer)),
    size: terms.size,
    ids: terms.ids.slice(0, terms.size),
    weights: terms.weights.slice(0, terms.size),
  }
}
