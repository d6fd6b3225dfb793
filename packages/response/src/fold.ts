/** Text spelled in one way: case, forms of one character and spaces, of which narrow and fixed ones are spaces too. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
