/* oxlint-disable no-misleading-character-class -- single marks are what this file takes away */
const BEYOND_ASCII = /[\u0080-\uffff]/
// What compatibility forms may change: all but ASCII and the letters and signs of Latin-1 that are in composed form.
const MAY_COMPOSE = /[\u00a0\u00a8\u00aa\u00af\u00b2-\u00b5\u00b8-\u00ba\u00bc-\u00be\u0100-\uffff]/
// Latin, Greek and Cyrillic marks; Arabic vowel signs and tatweel; joiners and variation selectors. Marks of Indic
// scripts stay: there they are vowels.
const IGNORED_MARKS =
  /[\u{300}-\u{36f}\u{640}\u{64b}-\u{65f}\u{670}\u{200b}-\u{200d}\u{2060}\u{fe00}-\u{fe0f}\u{feff}]/gu
const SAME_LETTERS = /[ßæœøđðłıςأإآٱىةک]/g
const PLAIN: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ı: 'i',
  ς: 'σ',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ة: 'ه',
  ک: 'ك',
}
const ENTITY = /&(amp|lt|gt|quot|apos|nbsp|#39|#x27);/gi
const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  '#39': "'",
  '#x27': "'",
}

/** Platforms that deliver HTML leave these behind even in plain text fields. */
export function decodeEntities(text: string): string {
  return text.includes('&') ? text.replace(ENTITY, (_, name: string) => ENTITIES[name.toLowerCase()]!) : text
}

/**
 * Lower case with compatibility forms and accents taken away, so that "Café", "CAFE" and "ｃａｆé" are one spelling.
 * Folding twice changes nothing.
 */
export function fold(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(IGNORED_MARKS, '')
    .normalize('NFC')
    .replace(SAME_LETTERS, (letter) => PLAIN[letter]!)
}

/** Lower case in composed compatibility form with accents kept, as stemmers want it. */
export function lower(text: string): string {
  return MAY_COMPOSE.test(text) ? text.normalize('NFKC').toLowerCase().normalize('NFC') : text.toLowerCase()
}
