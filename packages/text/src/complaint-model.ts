import { decodeInt8 } from './base64.ts'
import { PAIR_VALUE, pairBucket, wordPart } from './complaint-terms.ts'
import weights from './complaint-weights.json' with { type: 'json' }
import { fold } from './fold.ts'
import { GenerationalMemo } from './generational-memo.ts'

/** A word as the scorer reads it: its folded form and its part in the linear model. */
export type ScoredWord = {
  readonly folded: string
  readonly hash: number
  readonly sum: number
  readonly square: number
}

const REMEMBERED_WORDS = 32_768
const WEIGHTS = decodeInt8(weights.weights)

/** A linear model is a sum over words, so each word's part is worked out once. */
const memo = new GenerationalMemo<ScoredWord>(REMEMBERED_WORDS, (word) => {
  const { hash, buckets, values } = wordPart(word)
  let sum = 0
  let square = 0
  for (let i = 0; i < buckets.length; i++) {
    sum += WEIGHTS[buckets[i]!]! * values[i]!
    square += values[i]! * values[i]!
  }
  return { folded: fold(word), hash, sum, square }
})

export function scoredWord(word: string): ScoredWord {
  return memo.get(word)
}

/**
 * Log-odds that words (with `marks`) are a complaint: logistic regression over hashed words, word pairs and character
 * 3- to 5-grams, the vector scaled to length 1. `docs/model-card.md` says what it was trained on.
 */
export function complaintLogOdds(found: readonly ScoredWord[]): number {
  let sum = 0
  let square = 0
  for (let i = 0; i < found.length; i++) {
    const word = found[i]!
    sum += word.sum
    square += word.square
    if (i > 0) {
      sum += WEIGHTS[pairBucket(found[i - 1]!.hash, word.hash)]! * PAIR_VALUE
      square += PAIR_VALUE * PAIR_VALUE
    }
  }
  return weights.bias + (weights.scale * sum) / (Math.sqrt(square) || 1)
}
