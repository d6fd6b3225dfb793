import { decodeInt8 } from './base64.ts'
import { LANGUAGE_BUCKETS, LATIN_LANGUAGES, languageBuckets } from './language-terms.ts'
import model from './language-weights.json' with { type: 'json' }
import { scriptOf } from './script-language.ts'
import type { Word } from './word.ts'

/** A word's part in the language model: number of terms and the sum of their weights by language. */
export type LanguagePart = { readonly script: string | null; readonly terms: number; readonly sums: readonly number[] }

/** Log-odds a hint is worth: it decides doubtful texts, clear ones overrule it. */
const HINT_LOG_ODDS = 2
const LANGUAGES = LATIN_LANGUAGES.length
/** All languages of a bucket side by side: they are read together. */
const WEIGHTS = byBucket(decodeInt8(model.weights))
const NO_SUMS = LATIN_LANGUAGES.map(() => 0)

const totals = new Float64Array(LANGUAGES)

/** A linear model is a sum over words, so each word's part is worked out once. */
export function languagePart(word: string): LanguagePart {
  const script = scriptOf(word)
  if (script !== 'Latin') return { script, terms: 0, sums: NO_SUMS }
  const sums = NO_SUMS.slice()
  const buckets = languageBuckets(word)
  for (let b = 0; b < buckets.length; b++) {
    const first = buckets[b]! * LANGUAGES
    for (let l = 0; l < LANGUAGES; l++) sums[l]! += WEIGHTS[first + l]!
  }
  return { script, terms: buckets.length, sums }
}

function byBucket(byLanguage: Int8Array): Int8Array {
  const weights = new Int8Array(byLanguage.length)
  for (let bucket = 0; bucket < LANGUAGE_BUCKETS; bucket++)
    for (let l = 0; l < LANGUAGES; l++) weights[bucket * LANGUAGES + l] = byLanguage[l * LANGUAGE_BUCKETS + bucket]!
  return weights
}

/** The likeliest of the languages in Latin letters for the first `count` words. */
export function latinLanguage(found: readonly Word[], count: number, hinted: string): string {
  totals.fill(0)
  let terms = 0
  for (let i = 0; i < count; i++) {
    const { languageTerms, languageSums } = found[i]!
    if (languageTerms === 0) continue
    terms += languageTerms
    for (let l = 0; l < LANGUAGES; l++) totals[l]! += languageSums[l]!
  }
  const factor = model.scale / Math.sqrt(terms || 1)
  let best = 0
  let highest = -Infinity
  for (let l = 0; l < LANGUAGES; l++) {
    const logOdds = model.biases[l]! + factor * totals[l]! + (LATIN_LANGUAGES[l] === hinted ? HINT_LOG_ODDS : 0)
    if (logOdds > highest) {
      highest = logOdds
      best = l
    }
  }
  return LATIN_LANGUAGES[best]!
}
