import { APOSTROPHE, classAt, DIGIT, LETTER, SEPARATOR, UNSPACED } from './letters.ts'
import { decodeEntities, lower } from './fold.ts'

/** Longer texts are read this far: the work per mention is bounded, and a complaint says what it is about early. */
export const MAX_WORDS = 400
const MAX_WORD_CHARS = 40
const MAX_NUMBER_DIGITS = 6
const CONTRACTIONS = new Set(['t', 's', 'm', 'd', 're', 've', 'll'])
const AT = 64
const HANDLE = /[\p{L}\p{N}_.@-]*/uy
const URL_REST = /\S*/y
const ADDRESS_CHARACTER = /[\p{L}\p{N}._+-]/u
const MAX_ADDRESS_CHARS = 64
const ONLY_DIGITS = /^[\d_]+$/

function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  pattern.exec(text)
  return Math.max(pattern.lastIndex, from)
}

function startsUrl(text: string, start: number, end: number): boolean {
  const length = end - start
  if (length === 3) return text.startsWith('www.', start)
  return (
    length >= 4 && length <= 5 && text.startsWith('http', start) && (length === 4 || text.charCodeAt(end - 1) === 115)
  )
}

/**
 * The words of a text in reading order: lower case, accents kept, at most 400.
 *
 * Handles, e-mail addresses, URLs and long numbers are left out: they identify people and say nothing about the issue.
 * Contractions are joined ("don't" is "dont"), elisions are parted ("l'avion" is "l", "avion"). Scripts without spaces
 * give overlapping character pairs.
 */
export function words(text: string): string[] {
  const source = lower(decodeEntities(text))
  const found: string[] = []
  let at = 0
  while (at < source.length && found.length < MAX_WORDS) {
    const kind = classAt(source, at)
    if (kind === SEPARATOR || kind === APOSTROPHE) {
      at = source.charCodeAt(at) === AT ? skip(HANDLE, source, at) : at + 1
    } else if (kind === UNSPACED) {
      const start = at
      while (classAt(source, at) === UNSPACED) at++
      if (at - start === 1) found.push(source.slice(start, at))
      for (let i = start; i + 1 < at && found.length < MAX_WORDS; i++) found.push(source.slice(i, i + 2))
    } else {
      at = readWord(source, at, found)
    }
  }
  return found
}

function readWord(source: string, start: number, found: string[]): number {
  let end = start
  let kind = classAt(source, end)
  while (kind === LETTER || kind === DIGIT) kind = classAt(source, ++end)
  if (startsUrl(source, start, end)) return skip(URL_REST, source, end)
  if (source.charCodeAt(end) === AT) {
    dropAddressStart(source, start, found)
    return skip(HANDLE, source, end)
  }
  let word = source.slice(start, end)
  if (kind === APOSTROPHE) {
    let tail = end + 1
    while (classAt(source, tail) === LETTER) tail++
    const suffix = source.slice(end + 1, tail)
    if (CONTRACTIONS.has(suffix)) {
      word += suffix
      end = tail
    }
  }
  if (word.length > MAX_NUMBER_DIGITS && ONLY_DIGITS.test(word)) return end
  if (word !== '_') found.push(word.length > MAX_WORD_CHARS ? word.slice(0, MAX_WORD_CHARS) : word)
  return end
}

/** In "ann.b@host" the words before the last dot have been read already. */
function dropAddressStart(source: string, start: number, found: string[]): void {
  let first = start
  while (first > 0 && start - first < MAX_ADDRESS_CHARS && ADDRESS_CHARACTER.test(source[first - 1]!)) first--
  if (first < start) found.length -= Math.min(found.length, words(source.slice(first, start)).length)
}
