import { decodeInt8 } from './base64.ts'
import { GRAM_VALUE, PAIR_VALUE, WORD_VALUE, pairBucket, wordPart } from './complaint-terms.ts'
import weights from './complaint-weights.json' with { type: 'json' }
import type { Word } from './word.ts'

/** A word's part in the linear model, in whole weights: its own, and the sum over its character grams. */
export type ComplaintPart = {
  readonly hash: number
  readonly weight: number
  readonly gramWeight: number
  readonly gramCount: number
}

const WEIGHTS = decodeInt8(weights.weights)
const MAX_GRAMS = 160
const PAIR_SQUARE = PAIR_VALUE * PAIR_VALUE
/** Sum of the squared values of a word with so many grams. */
const SQUARES = new Float64Array(MAX_GRAMS)
SQUARES[0] = WORD_VALUE * WORD_VALUE
for (let grams = 1; grams < MAX_GRAMS; grams++) SQUARES[grams] = SQUARES[grams - 1]! + GRAM_VALUE * GRAM_VALUE

/** A linear model is a sum over words, so each word's part is worked out once. */
export function complaintPart(word: string): ComplaintPart {
  const { hash, buckets } = wordPart(word)
  let gramWeight = 0
  for (let i = 1; i < buckets.length; i++) gramWeight += WEIGHTS[buckets[i]!]!
  return { hash: hash | 0, weight: WEIGHTS[buckets[0]!]!, gramWeight, gramCount: buckets.length - 1 }
}

/**
 * Log-odds that words (with `marks`) are a complaint: logistic regression over hashed words, word pairs and character
 * 3- to 5-grams, the vector scaled to length 1. `docs/model-card.md` says what it was trained on.
 */
export function complaintLogOdds(found: readonly Word[]): number {
  let sum = 0
  let square = 0
  let before = 0
  for (let i = 0; i < found.length; i++) {
    const word = found[i]!
    sum += WORD_VALUE * word.complaintWeight + GRAM_VALUE * word.gramWeight
    square += SQUARES[word.gramCount]!
    if (i > 0) {
      sum += WEIGHTS[pairBucket(before, word.complaintHash)]! * PAIR_VALUE
      square += PAIR_SQUARE
    }
    before = word.complaintHash
  }
  return weights.bias + (weights.scale * sum) / (Math.sqrt(square) || 1)
}
