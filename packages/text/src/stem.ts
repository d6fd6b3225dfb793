// Single files only: the root of `natural` reads .env and prints when it is loaded.
import english from 'natural/lib/natural/stemmers/porter_stemmer.js'
import french from 'natural/lib/natural/stemmers/porter_stemmer_fr.js'
import german from 'natural/lib/natural/stemmers/porter_stemmer_de.js'
import italian from 'natural/lib/natural/stemmers/porter_stemmer_it.js'
import dutch from 'natural/lib/natural/stemmers/porter_stemmer_nl.js'
import norwegian from 'natural/lib/natural/stemmers/porter_stemmer_no.js'
import portuguese from 'natural/lib/natural/stemmers/porter_stemmer_pt.js'
import russian from 'natural/lib/natural/stemmers/porter_stemmer_ru.js'
import spanish from 'natural/lib/natural/stemmers/porter_stemmer_es.js'
import swedish from 'natural/lib/natural/stemmers/porter_stemmer_sv.js'
import { fold } from './fold.ts'

const BY_LANGUAGE: Record<string, (word: string) => string> = {
  de: (word) => german.stem(word),
  en: (word) => english.stem(word),
  es: (word) => spanish.stem(word),
  fr: (word) => french.stem(word),
  it: (word) => italian.stem(word),
  nl: (word) => dutch.stem(word),
  no: (word) => norwegian.stem(word),
  pt: (word) => portuguese.stem(word),
  ru: (word) => russian.stem(word),
  sv: (word) => swedish.stem(word),
}
const LANGUAGES = Object.keys(BY_LANGUAGE)
const MIN_STEMMED_CHARS = 4

const PLAIN = /^[a-z]{2}$/
/** No stemmer changes one, and posts are full of numbers never read before. */
const NUMBER = /^\d+$/

/** Base of a language tag: "pt-BR" is "pt"; anything unreadable is "und". */
export function baseLanguage(tag: string | undefined): string {
  if (tag === undefined) return 'und'
  if (tag.length === 2 && PLAIN.test(tag)) return tag
  const base = tag.split(/[-_]/, 1)[0]!.toLowerCase()
  return /^[a-z]{2,3}$/.test(base) ? base : 'und'
}

/** Number of stemmers, the one that only folds among them. */
export const STEMMERS: number = 1 + LANGUAGES.length

/** Number of the stemmer of a language tag, from 0; languages without one share one that only folds. */
export function stemmerOf(tag: string): number {
  return 1 + LANGUAGES.indexOf(baseLanguage(tag))
}

/** Stem of one lower-case word, folded. */
export function stemWord(word: string, stemmer: number): string {
  const stem = BY_LANGUAGE[LANGUAGES[stemmer - 1] ?? '']
  if (!stem || word.length < MIN_STEMMED_CHARS || NUMBER.test(word)) return fold(word)
  return fold(stem(word)) || fold(word)
}
