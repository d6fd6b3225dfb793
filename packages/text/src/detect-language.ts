import { latinLanguage } from './language-model.ts'
import { languageOfScript } from './script-language.ts'
import { baseLanguage } from './stem.ts'
import type { Word } from './word.ts'
import { readWords } from './word-book.ts'

/** More words change nothing any more. */
const WORDS_READ = 60

/**
 * The language of a text as an ISO 639-1 code, "und" where it has no letters. Scripts with one common language are told
 * by their letters, languages in Latin letters by a linear model over words and character n-grams.
 *
 * @param hint a language tag from elsewhere, such as the author's setting; decides where the text leaves doubt
 */
export function detectLanguage(text: string, hint?: string): string {
  return languageOfWords(readWords(text), hint)
}

/** The same for words already read. */
export function languageOfWords(found: readonly Word[], hint?: string): string {
  const hinted = baseLanguage(hint)
  const count = Math.min(found.length, WORDS_READ)
  const only = onlyScript(found, count)
  if (only === null) return hinted
  if (only === 'Latin') return latinLanguage(found, count, hinted)
  const letters = new Map<string, number>()
  for (const { script, text } of found.slice(0, count))
    if (script) letters.set(script, (letters.get(script) ?? 0) + text.length)
  let script = ''
  for (const [name, length] of letters) if (script === '' || length > letters.get(script)!) script = name
  const read = found.slice(0, count).map(({ text }) => text)
  return languageOfScript(script, new Set(letters.keys()), read) ?? latinLanguage(found, count, hinted)
}

/** The script of all words that have one, null where none has, undefined where they differ. */
function onlyScript(found: readonly Word[], count: number): string | null | undefined {
  let only: string | null = null
  for (let i = 0; i < count; i++) {
    const { script } = found[i]!
    if (script === null || script === only) continue
    if (only !== null) return undefined
    only = script
  }
  return only
}
