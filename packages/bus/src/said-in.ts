/** What may stand on either side of a word without making it another one. */
const WORD = /[\p{L}\p{N}_]/u

/**
 * A test for texts that say one of the words, as they are or as JSON writes them: escaped where it must, in ASCII alone,
 * or with escaped slashes. A word within a longer one is not it.
 */
export const saidIn = (words: readonly string[]): ((text: string) => boolean) => {
  const forms = [...new Set(words.filter((word) => word !== '').flatMap(formsOf))]
  return (text) => forms.some((form) => holdsWord(text, form))
}

const formsOf = (word: string): string[] => {
  const escaped = JSON.stringify(word).slice(1, -1)
  const ascii = escaped.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return [word, escaped, ascii, escaped.replaceAll('/', '\\/'), ascii.replaceAll('/', '\\/')]
}

const holdsWord = (text: string, word: string): boolean => {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!joins(text[at - 1], word[0]) && !joins(word.at(-1), text[at + word.length])) return true
  }
  return false
}

const joins = (left: string | undefined, right: string | undefined): boolean =>
  left !== undefined && right !== undefined && WORD.test(left) && WORD.test(right)
