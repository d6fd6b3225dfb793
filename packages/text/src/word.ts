import { complaintPart } from './complaint-model.ts'
import { fold } from './fold.ts'
import { harmOpens } from './harm.ts'
import { hostilityOpens } from './hostility.ts'
import { languagePart } from './language-model.ts'
import { STEMMERS, stemWord } from './stem.ts'
import { characterGrams, wordId } from './terms.ts'
import { wordPrint } from './word-print.ts'

type Stem = { readonly text: string; readonly id: number }

/**
 * One word with everything that depends on it alone, for all that read a text: score, language, terms, fingerprint.
 * Each is worked out once for a word, not once for a text, and lies in one place. Hashes are signed integers, which V8
 * keeps without a box.
 */
export class Word {
  /** As written: lower case, accents kept. */
  readonly text: string
  readonly folded: string
  /** The hash that `WordBook` finds it by. */
  readonly key: number
  /** Its part in the complaint model: hash for pairs, own weight, sum and number of the weights of its character grams. */
  readonly complaintHash: number
  readonly complaintWeight: number
  readonly gramWeight: number
  readonly gramCount: number
  /** Its part in the language model: script, number of terms, sum of weights by language. */
  readonly script: string | null
  readonly languageTerms: number
  readonly languageSums: readonly number[]
  /** Hash for fingerprints. */
  readonly print: number
  /** Term ids of its character 3- and 4-grams. */
  readonly grams: readonly number[]
  /** Whether a phrase of harm or of hostility begins with it. */
  readonly opensHarm: boolean
  readonly opensHostility: boolean
  /** The stem asked for last, at hand: a word mostly comes in one language. Those of more languages lie behind it. */
  #stemmer = -1
  #stemId = 0
  #stemText = ''
  #stems: (Stem | undefined)[] | undefined

  constructor(text: string, key: number) {
    const folded = fold(text)
    const complaint = complaintPart(folded)
    const language = languagePart(text)
    this.text = text
    this.folded = folded === text ? text : folded
    this.key = key
    this.complaintHash = complaint.hash
    this.complaintWeight = complaint.weight
    this.gramWeight = complaint.gramWeight
    this.gramCount = complaint.gramCount
    this.script = language.script
    this.languageTerms = language.terms
    this.languageSums = language.sums
    this.print = wordPrint(folded)
    this.grams = characterGrams(folded)
    this.opensHarm = harmOpens(folded)
    this.opensHostility = hostilityOpens(folded)
  }

  /** Term id, as a signed integer, of its stem by a stemmer of `stemmerOf`. */
  stemId(stemmer: number): number {
    if (this.#stemmer !== stemmer) this.#stem(stemmer)
    return this.#stemId
  }

  stemText(stemmer: number): string {
    if (this.#stemmer !== stemmer) this.#stem(stemmer)
    return this.#stemText
  }

  #stem(stemmer: number): void {
    let stem = this.#stems?.[stemmer]
    if (!stem) {
      const text = stemWord(this.text, stemmer)
      stem = { text: text === this.folded ? this.folded : text, id: wordId(text) | 0 }
      if (this.#stemmer !== -1) {
        if (!this.#stems) {
          this.#stems = Array.from({ length: STEMMERS })
          this.#stems[this.#stemmer] = { text: this.#stemText, id: this.#stemId }
        }
        this.#stems[stemmer] = stem
      }
    }
    this.#stemmer = stemmer
    this.#stemId = stem.id
    this.#stemText = stem.text
  }
}
