import { watchedBrand } from '@outcry/contracts'
import { normalise } from '@outcry/text'
import type { Post } from './post.ts'

const NAMES_AND_LINKS = /(?:https?:|www\.)\S+|\S*@\S+/giu
const MAY_HAVE_NAMES = /@|https?:|www\./iu
const CLAUSE_ENDS = /[.,;:!?()[\]{}"“”„«»…|/#\n؟،।]+/u

/** A text between its full stops, commas and the like, without handles, addresses and links. */
export const clausesOf = (text: string): string[] => {
  const plain = MAY_HAVE_NAMES.test(text) ? text.replace(NAMES_AND_LINKS, ' . ') : text
  return plain.split(CLAUSE_ENDS).filter((clause) => clause.trim())
}

/** The parts of the brand's id, and words that begin or end with it. */
export const brandNames = (brand: string): ((word: string) => boolean) => {
  const parts = normalise(watchedBrand(brand))
    .split('-')
    .filter((part) => part.length > 1)
  const whole = parts.join('')
  return (word) => {
    const plain = normalise(word)
    return parts.includes(plain) || (whole.length > 3 && (plain.startsWith(whole) || plain.endsWith(whole)))
  }
}

/** The language most posts are in. */
export const dominantLanguage = (posts: readonly Post[]): string => {
  const counts = new Map<string, number>()
  for (const { lang } of posts) counts.set(lang, (counts.get(lang) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? 'und'
}
