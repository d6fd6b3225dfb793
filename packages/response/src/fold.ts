/** Characters that people and their tools write for one another. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/[“”„‟«»″]/g, '"'],
  [/[‘’‚‛‹›ʼ′´`]/g, "'"],
  [/[\u2010-\u2015\u2212]/g, '-'],
]

/**
 * Text spelled in one way: case, forms of one character, apostrophes, quotation marks, dashes and spaces, of which narrow
 * and fixed ones are spaces too.
 */
export const fold = (text: string): string =>
  ALIKE.reduce((folded, [alike, one]) => folded.replaceAll(alike, one), text)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .trim()
