import { plainText } from '@outcry/contracts'

/** The lines of a text, each of visible characters only; empty ones are left out. */
export const plainLines = (text: string): string[] =>
  text
    .split(/\r\n?|\n/)
    .map(plainText)
    .filter((line) => line !== '')
