import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { unpackWoff } from './unpack-woff.ts'

const FILES = {
  text: '@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff',
  bold: '@fontsource/dejavu-sans/files/dejavu-sans-latin-700-normal.woff',
  devanagari: '@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-400-normal.woff',
} as const
type FontName = keyof typeof FILES
export type ReportFonts = Readonly<Record<FontName, Buffer>>

/** The fonts of a PDF, from the packages that hold them. The compressed forms (woff2) lose glyphs when they are cut down. */
export const loadReportFonts = async (): Promise<ReportFonts> => {
  const { resolve } = createRequire(import.meta.url)
  const [text, bold, devanagari] = await Promise.all(
    [FILES.text, FILES.bold, FILES.devanagari].map(async (file) => unpackWoff(await readFile(resolve(file)))),
  )
  return { text: text!, bold: bold!, devanagari: devanagari! }
}

/** A stretch of text that one font sets in one direction. */
export type Stretch = { font: 'text' | 'devanagari'; rightToLeft: boolean; text: string }

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u
const DEVANAGARI = /\p{Script=Devanagari}/u
/** Scripts that the fonts have; what belongs to no script, such as digits and signs, goes with its neighbours. */
const KNOWN =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Common}\p{Script=Inherited}]/u
const NEUTRAL = /[\p{Script=Common}\p{Script=Inherited}]/u
/** In place of a character that no font has. */
const UNKNOWN = '\u25a1'

/** Text by fonts and directions, in its order. A blank between two words of one direction is theirs. */
export const stretchesOf = (text: string): Stretch[] => {
  const stretches: Stretch[] = []
  for (const character of text) {
    const last = stretches.at(-1)
    const isKnown = KNOWN.test(character)
    const glyph = isKnown ? character : UNKNOWN
    const joins = isKnown && NEUTRAL.test(character) && (last?.rightToLeft !== true || character === ' ')
    const font = DEVANAGARI.test(glyph) ? 'devanagari' : 'text'
    const rightToLeft = RIGHT_TO_LEFT.test(glyph)
    if (last !== undefined && (joins || (last.font === font && last.rightToLeft === rightToLeft))) last.text += glyph
    else stretches.push({ font, rightToLeft, text: glyph })
  }
  return stretches
}
