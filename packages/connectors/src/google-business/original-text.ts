const TRANSLATED = '(Translated by Google)'
const ORIGINAL = '(Original)'

/** What the person wrote, where Google put its translation before or behind it. */
export const originalText = (comment: string): string => {
  const written = comment.trim()
  const translationAt = written.indexOf(TRANSLATED)
  if (translationAt === -1) return written
  if (translationAt > 0) return written[translationAt - 1] === '\n' ? written.slice(0, translationAt).trim() : written
  const originalAt = written.indexOf(`\n${ORIGINAL}`)
  const original = originalAt === -1 ? '' : written.slice(originalAt + ORIGINAL.length + 1).trim()
  return original === '' ? written.slice(TRANSLATED.length).trim() : original
}
