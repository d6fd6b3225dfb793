import { hashRange } from './hash.ts'
import { Word } from './word.ts'
import { scanWords, type WordSink } from './words.ts'

const REMEMBERED_WORDS = 32_768
const SEED = 0x27d4eb2f
const SHARED_SLICE_CHARS = 13
const PLACES_A_WORD = 2
/** A longer number hardly comes again: remembering it would only push words out. */
const LONGEST_NUMBER = 3

/** Words by their letters: open addressing, so that finding one asks for no string of it. */
class Shelf {
  readonly #mask: number
  readonly #keys: Int32Array
  readonly #words: (Word | undefined)[]
  count = 0

  constructor(limit: number) {
    let size = 1
    while (size < PLACES_A_WORD * limit) size *= 2
    this.#mask = size - 1
    this.#keys = new Int32Array(size)
    this.#words = Array.from<Word | undefined>({ length: size })
  }

  find(key: number, source: string, start: number, end: number): Word | undefined {
    for (let at = key & this.#mask; ; at = (at + 1) & this.#mask) {
      const known = this.#keys[at]!
      if (known === key) {
        const word = this.#words[at]!
        if (isSpelt(word.text, source, start, end)) return word
      } else if (known === 0) return undefined
    }
  }

  add(word: Word): void {
    let at = word.key & this.#mask
    while (this.#keys[at] !== 0) at = (at + 1) & this.#mask
    this.#keys[at] = word.key
    this.#words[at] = word
    this.count++
  }
}

function isSpelt(text: string, source: string, start: number, end: number): boolean {
  const length = end - start
  if (text.length !== length) return false
  for (let i = 0; i < length; i++) if (text.charCodeAt(i) !== source.charCodeAt(start + i)) return false
  return true
}

/**
 * Remembers words with a bound: two shelves of at most `limit` words each. When the young one is full it becomes the old
 * one and the old one is dropped, so what is asked for again survives.
 */
export class WordBook {
  readonly #limit: number
  #young: Shelf
  #old: Shelf

  constructor(limit: number) {
    this.#limit = limit
    this.#young = new Shelf(limit)
    this.#old = new Shelf(limit)
  }

  get size(): number {
    return this.#young.count + this.#old.count
  }

  /** The word that stands in `source` from `start` to `end`. */
  find(source: string, start: number, end: number): Word {
    // Zero marks a free place.
    const key = hashRange(source, start, end, SEED) | 0 || 1
    return this.#young.find(key, source, start, end) ?? this.#renew(key, source, start, end)
  }

  #renew(key: number, source: string, start: number, end: number): Word {
    const word = this.#old.find(key, source, start, end) ?? new Word(ownCopy(source.slice(start, end)), key)
    if (isLongNumber(word.text)) return word
    if (this.#young.count >= this.#limit) {
      this.#old = this.#young
      this.#young = new Shelf(this.#limit)
    }
    this.#young.add(word)
    return word
  }
}

function isLongNumber(word: string): boolean {
  if (word.length <= LONGEST_NUMBER) return false
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at)
    if (unit < 0x30 || unit > 0x39) return false
  }
  return true
}

/** V8 keeps the whole text alive behind a longer slice of it: what is remembered must be a copy. */
const ownCopy = (slice: string): string => (slice.length < SHARED_SLICE_CHARS ? slice : slice.split('').join(''))

const book = new WordBook(REMEMBERED_WORDS)

/** Words of one text as they are found. */
class FoundWords implements WordSink {
  readonly words: Word[] = []

  get count(): number {
    return this.words.length
  }

  add(source: string, start: number, end: number): void {
    this.words.push(book.find(source, start, end))
  }

  drop(count: number): void {
    this.words.length -= count
  }
}

/** The words of a text as `words` gives them, each with what is known of it. */
export function readWords(text: string): Word[] {
  const found = new FoundWords()
  scanWords(text, found)
  return found.words
}

/** A mark read like a word: a pictogram, a face. */
export function markWord(mark: string): Word {
  return book.find(mark, 0, mark.length)
}
