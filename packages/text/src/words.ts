import { APOSTROPHE, classAt, DIGIT, LETTER, SEPARATOR, UNSPACED } from './letters.ts'
import { decodeEntities, lower } from './fold.ts'

/** Longer texts are read this far: the work per mention is bounded, and a complaint says what it is about early. */
export const MAX_WORDS = 400
const MAX_WORD_CHARS = 40
const MAX_NUMBER_DIGITS = 6
const CONTRACTIONS = new Set(['t', 's', 'm', 'd', 're', 've', 'll'])
const AT = 64
const UNDERSCORE = 95
const SMALL_S = 115
const HANDLE = /[\p{L}\p{N}_.@-]*/uy
const URL_REST = /\S*/y
const ADDRESS_CHARACTER = /[\p{L}\p{N}._+-]/u
const MAX_ADDRESS_CHARS = 64

/** Takes the words of a text as places in its source, so that a reader who knows the word needs no string of it. */
export type WordSink = {
  readonly count: number
  add(source: string, start: number, end: number): void
  /** Takes the last ones back. */
  drop(count: number): void
}

function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  pattern.exec(text)
  return Math.max(pattern.lastIndex, from)
}

function startsUrl(text: string, start: number, end: number): boolean {
  const length = end - start
  if (length < 3 || length > 5) return false
  if (length === 3) return text.startsWith('www.', start)
  return text.startsWith('http', start) && (length === 4 || text.charCodeAt(end - 1) === SMALL_S)
}

function isNumber(source: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const unit = source.charCodeAt(at)
    if ((unit < 48 || unit > 57) && unit !== UNDERSCORE) return false
  }
  return true
}

/**
 * The words of a text in reading order: lower case, accents kept, at most 400.
 *
 * Handles, e-mail addresses, URLs and long numbers are left out: they identify people and say nothing about the issue.
 * Contractions are joined ("don't" is "dont"), elisions are parted ("l'avion" is "l", "avion"). Scripts without spaces
 * give overlapping character pairs.
 */
export function words(text: string): string[] {
  const found: string[] = []
  scanWords(text, {
    get count() {
      return found.length
    },
    add: (source, start, end) => void found.push(source.slice(start, end)),
    drop: (count) => void found.splice(found.length - count, count),
  })
  return found
}

/** Tells the words of a text to a sink; what `words` gives. */
export function scanWords(text: string, sink: WordSink): void {
  const source = lower(decodeEntities(text))
  let at = 0
  while (at < source.length && sink.count < MAX_WORDS) {
    const kind = classAt(source, at)
    if (kind === SEPARATOR || kind === APOSTROPHE) {
      at = source.charCodeAt(at) === AT ? skip(HANDLE, source, at) : at + 1
    } else if (kind === UNSPACED) {
      const start = at
      while (classAt(source, at) === UNSPACED) at++
      if (at - start === 1) sink.add(source, start, at)
      for (let i = start; i + 1 < at && sink.count < MAX_WORDS; i++) sink.add(source, i, i + 2)
    } else {
      at = scanWord(source, at, sink)
    }
  }
}

function scanWord(source: string, start: number, sink: WordSink): number {
  let end = start
  let kind = classAt(source, end)
  while (kind === LETTER || kind === DIGIT) kind = classAt(source, ++end)
  if (startsUrl(source, start, end)) return skip(URL_REST, source, end)
  if (source.charCodeAt(end) === AT) {
    dropAddressStart(source, start, sink)
    return skip(HANDLE, source, end)
  }
  if (kind === APOSTROPHE) {
    let tail = end + 1
    while (classAt(source, tail) === LETTER) tail++
    const suffix = source.slice(end + 1, tail)
    if (CONTRACTIONS.has(suffix)) {
      const joined = source.slice(start, end) + suffix
      sink.add(joined, 0, Math.min(joined.length, MAX_WORD_CHARS))
      return tail
    }
  }
  const length = end - start
  if (length > MAX_NUMBER_DIGITS && isNumber(source, start, end)) return end
  if (length > 1 || source.charCodeAt(start) !== UNDERSCORE)
    sink.add(source, start, Math.min(end, start + MAX_WORD_CHARS))
  return end
}

/** In "ann.b@host" the words before the last dot have been read already. */
function dropAddressStart(source: string, start: number, sink: WordSink): void {
  let first = start
  while (first > 0 && start - first < MAX_ADDRESS_CHARS && ADDRESS_CHARACTER.test(source[first - 1]!)) first--
  if (first < start) sink.drop(Math.min(sink.count, words(source.slice(first, start)).length))
}
