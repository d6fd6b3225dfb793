import { decodeInt8 } from './base64.ts'
import { GenerationalMemo } from './generational-memo.ts'
import { LANGUAGE_BUCKETS, LATIN_LANGUAGES, languageBuckets } from './language-terms.ts'
import model from './language-weights.json' with { type: 'json' }
import { languageOfScript, scriptOf } from './script-language.ts'
import { baseLanguage } from './stem.ts'
import { words } from './words.ts'

const REMEMBERED_WORDS = 16_384
/** More words change nothing any more. */
const WORDS_READ = 60
/** Log-odds a hint is worth: it decides doubtful texts, clear ones overrule it. */
const HINT_LOG_ODDS = 2
const WEIGHTS = decodeInt8(model.weights)

type LanguageWord = { readonly script: string | null; readonly terms: number; readonly sums: Float32Array }

const NO_SUMS = new Float32Array(LATIN_LANGUAGES.length)

const memo = new GenerationalMemo<LanguageWord>(REMEMBERED_WORDS, (word) => {
  const script = scriptOf(word)
  if (script !== 'Latin') return { script, terms: 0, sums: NO_SUMS }
  const sums = new Float32Array(LATIN_LANGUAGES.length)
  const buckets = languageBuckets(word)
  for (const bucket of buckets)
    for (let l = 0; l < sums.length; l++) sums[l]! += WEIGHTS[l * LANGUAGE_BUCKETS + bucket]!
  return { script, terms: buckets.length, sums }
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
  const read = found.length > WORDS_READ ? found.slice(0, WORDS_READ) : found
  const known = read.map((word) => memo.get(word))
  const letters = new Map<string, number>()
  known.forEach(({ script }, i) => {
    if (script) letters.set(script, (letters.get(script) ?? 0) + read[i]!.length)
  })
  let script: string | null = null
  for (const [name, count] of letters) if (script === null || count > letters.get(script)!) script = name
  if (script === null) return hinted
  return languageOfScript(script, new Set(letters.keys()), read) ?? latinLanguage(known, hinted)
}

function latinLanguage(known: readonly LanguageWord[], hinted: string): string {
  const sums = new Float64Array(LATIN_LANGUAGES.length)
  let terms = 0
  for (const word of known) {
    terms += word.terms
    for (let l = 0; l < sums.length; l++) sums[l]! += word.sums[l]!
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
