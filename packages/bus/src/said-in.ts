import { writtenForms } from './written-forms.ts'

/** What may stand on either side of a word without making it another one. */
const WORD = /[\p{L}\p{N}_]/u

/**
 * A test for texts that say one of the words, as they are or as JSON writes them. A word within a longer one is not it.
 */
export const saidIn = (words: readonly string[]): ((text: string) => boolean) => {
  const forms = writtenForms(words)
  return (text) => forms.some((form) => holdsWord(text, form))
}

const holdsWord = (text: string, word: string): boolean => {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!joins(text[at - 1], word[0]) && !joins(word.at(-1), text[at + word.length])) return true
  }
  return false
}

const joins = (left: string | undefined, right: string | undefined): boolean =>
  left !== undefined && right !== undefined && WORD.test(left) && WORD.test(right)
