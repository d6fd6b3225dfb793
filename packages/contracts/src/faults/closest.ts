/** Optimal string alignment: letters added, left out, replaced, or two neighbours swapped. */
const distance = (from: string, to: string): number => {
  let before: number[] = []
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1]
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      const replaced = row[j - 1]! + (same ? 0 : 1)
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1, swapped ? before[j - 2]! + 1 : Infinity))
    }
    before = row
    row = next
  }
  return row[to.length]!
}

const MAX_WORD_CHARS = 80

/** The known word that someone most likely meant, or null when none is near (a third of its length). */
export const closest = (word: string, known: readonly string[]): string | null => {
  if (word.length > MAX_WORD_CHARS) return null
  const plain = word.toLowerCase().replaceAll(/[_-]/g, '')
  const ranked = known
    .map((each) => ({ each, far: distance(plain, each.toLowerCase().replaceAll(/[_-]/g, '')) }))
    .sort((a, b) => a.far - b.far)
  const best = ranked[0]
  return best && best.far <= Math.max(1, Math.floor(best.each.length / 3)) ? best.each : null
}

/** A fix for a word that is not among the known ones. */
export const didYouMean = (word: string, known: readonly string[]): string => {
  const meant = closest(word, known)
  const list = known.length ? `Known: ${known.join(', ')}.` : 'There are none.'
  return meant === null ? list : `Did you mean "${meant}"? ${list}`
}
