/** The words as they are and as JSON writes them: escaped where it must, in ASCII alone, or with escaped slashes. */
export const writtenForms = (words: readonly string[]): string[] => [
  ...new Set(words.filter((word) => word !== '').flatMap(formsOf)),
]

const formsOf = (word: string): string[] => {
  const escaped = JSON.stringify(word).slice(1, -1)
  const ascii = escaped.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return [word, escaped, ascii, escaped.replaceAll('/', '\\/'), ascii.replaceAll('/', '\\/')]
}
