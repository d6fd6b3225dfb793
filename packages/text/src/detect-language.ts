import { decodeInt8 } from './base64.ts'
import { GenerationalMemo } from './generational-memo.ts'
import { LANGUAGE_BUCKETS, LATIN_LANGUAGES, languageBuckets } from './language-terms.ts'
import model from './language-weights.json' with { type: 'json' }
import { scriptLanguage } from './script-language.ts'
import { baseLanguage } from './stem.ts'
import { words } from './words.ts'

const REMEMBERED_WORDS = 16_384
/** More words change nothing any more. */
const WORDS_READ = 60
/** Log-odds a hint is worth: it decides doubtful texts, clear ones overrule it. */
const HINT_LOG_ODDS = 2
const WEIGHTS = decodeInt8(model.weights)

const memo = new GenerationalMemo<Float32Array>(REMEMBERED_WORDS, (word) => {
  const sums = new Float32Array(LATIN_LANGUAGES.length + 1)
  const buckets = languageBuckets(word)
  sums[LATIN_LANGUAGES.length] = buckets.length
  for (const bucket of buckets)
    for (let l = 0; l < LATIN_LANGUAGES.length; l++) sums[l]! += WEIGHTS[l * LANGUAGE_BUCKETS + bucket]!
  return sums
})

/**
 * The language of a text as an ISO 639-1 code, "und" where it has no letters. Scripts with one common language are told
 * by their letters, languages in Latin letters by a linear model over words and character n-grams.
 *
 * @param hint a language tag from elsewhere, such as the author's setting; decides where the text leaves doubt
 */
export function detectLanguage(text: string, hint?: string): string {
  return languageOfWords(words(text), hint)
}

/** The same for words already read. */
export function languageOfWords(found: readonly string[], hint?: string): string {
  const hinted = baseLanguage(hint)
  const script = scriptLanguage(found)
  if (script === null) return hinted
  if (script !== 'Latin') return script
  const sums = new Float64Array(LATIN_LANGUAGES.length)
  let terms = 0
  for (let i = 0; i < found.length && i < WORDS_READ; i++) {
    const word = memo.get(found[i]!)
    terms += word[LATIN_LANGUAGES.length]!
    for (let l = 0; l < sums.length; l++) sums[l]! += word[l]!
  }
  const factor = model.scale / Math.sqrt(terms || 1)
  let best = 0
  let highest = -Infinity
  for (let l = 0; l < sums.length; l++) {
    const logOdds = model.biases[l]! + factor * sums[l]! + (LATIN_LANGUAGES[l] === hinted ? HINT_LOG_ODDS : 0)
    if (logOdds > highest) {
      highest = logOdds
      best = l
    }
  }
  return LATIN_LANGUAGES[best]!
}
