import { classAt, LETTER, UNSPACED } from './letters.ts'

/** First and last code unit of a script, and the language its letters mean where it has only one common one. */
const RANGES: readonly (readonly [number, number, string])[] = [
  [0x0041, 0x024f, 'Latin'],
  [0x0370, 0x03ff, 'el'],
  [0x0400, 0x052f, 'Cyrillic'],
  [0x0530, 0x058f, 'hy'],
  [0x0590, 0x05ff, 'he'],
  [0x0600, 0x06ff, 'Arabic'],
  [0x0750, 0x077f, 'Arabic'],
  [0x0900, 0x097f, 'hi'],
  [0x0980, 0x09ff, 'bn'],
  [0x0a00, 0x0a7f, 'pa'],
  [0x0a80, 0x0aff, 'gu'],
  [0x0b80, 0x0bff, 'ta'],
  [0x0c00, 0x0c7f, 'te'],
  [0x0c80, 0x0cff, 'kn'],
  [0x0d00, 0x0d7f, 'ml'],
  [0x0d80, 0x0dff, 'si'],
  [0x0e00, 0x0e7f, 'th'],
  [0x0e80, 0x0eff, 'lo'],
  [0x1000, 0x109f, 'my'],
  [0x10a0, 0x10ff, 'ka'],
  [0x1200, 0x137f, 'am'],
  [0x1780, 0x17ff, 'km'],
  [0x1e00, 0x1eff, 'Latin'],
  [0x3040, 0x30ff, 'ja'],
  [0x4e00, 0x9fff, 'Han'],
  [0xac00, 0xd7af, 'ko'],
]
const PERSIAN_LETTERS = /[پچژگ]/
const URDU_LETTERS = /[ٹڈڑےں]/
const UKRAINIAN_LETTERS = /[іїєґ]/

function rangeOf(unit: number): string | null {
  let low = 0
  let high = RANGES.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const [first, last, name] = RANGES[middle]!
    if (unit < first) high = middle - 1
    else if (unit > last) low = middle + 1
    else return name
  }
  return null
}

/** Script of a word: that of its first letter, or null without one. A kana anywhere makes it Japanese. */
export function scriptOf(word: string): string | null {
  let first: string | null = null
  for (let i = 0; i < word.length; i++) {
    const kind = classAt(word, i)
    if (kind !== LETTER && kind !== UNSPACED) continue
    const name = rangeOf(word.charCodeAt(i))
    if (name === 'ja') return name
    first ??= name
  }
  return first
}

/**
 * The language that letters alone tell, given the script most of them are in, or null where several share it. Kana
 * decide for Japanese even among many Han characters.
 */
export function languageOfScript(
  script: string,
  scripts: ReadonlySet<string>,
  words: readonly string[],
): string | null {
  switch (script) {
    case 'Latin':
      return null
    case 'Han':
      return scripts.has('ja') ? 'ja' : 'zh'
    case 'Cyrillic':
      return words.some((word) => UKRAINIAN_LETTERS.test(word)) ? 'uk' : 'ru'
    case 'Arabic':
      if (words.some((word) => URDU_LETTERS.test(word))) return 'ur'
      return words.some((word) => PERSIAN_LETTERS.test(word)) ? 'fa' : 'ar'
    default:
      return script
  }
}
