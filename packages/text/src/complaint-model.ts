import { decodeInt8 } from './base64.ts'
import { PAIR_VALUE, pairBucket, wordPart } from './complaint-terms.ts'
import weights from './complaint-weights.json' with { type: 'json' }
import { GenerationalMemo } from './generational-memo.ts'

type WordScore = { readonly hash: number; readonly sum: number; readonly square: number }

const REMEMBERED_WORDS = 32_768
const WEIGHTS = decodeInt8(weights.weights)

/** A linear model is a sum over words, so each word's part is worked out once. */
const memo = new GenerationalMemo<WordScore>(REMEMBERED_WORDS, (word) => {
  const { hash, buckets, values } = wordPart(word)
  let sum = 0
  let square = 0
  for (let i = 0; i < buckets.length; i++) {
    sum += WEIGHTS[buckets[i]!]! * values[i]!
    square += values[i]! * values[i]!
  }
  return { hash, sum, square }
})

/**
 * Log-odds that words (with `marks`) are a complaint: logistic regression over hashed words, word pairs and character
 * 3- to 5-grams, the vector scaled to length 1. `docs/model-card.md` says what it was trained on.
 */
export function complaintLogOdds(found: readonly string[]): number {
  let sum = 0
  let square = 0
  let previous = 0
  for (let i = 0; i < found.length; i++) {
    const word = memo.get(found[i]!)
    sum += word.sum
    square += word.square
    if (i > 0) {
      sum += WEIGHTS[pairBucket(previous, word.hash)]! * PAIR_VALUE
      square += PAIR_VALUE * PAIR_VALUE
    }
    previous = word.hash
  }
  return weights.bias + (weights.scale * sum) / (Math.sqrt(square) || 1)
}
