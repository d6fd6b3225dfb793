import { PiecewiseArray } from './packed.ts'

const SMALLEST = 64
const EMPTY = -1
const RANGE = 4_294_967_296
/** Share of the places in use from which the table grows, and by how much. */
const FULL = 0.8
const GROWTH = 1.5
/** The same share once hardly anything is added: searches take longer, and are rare. */
const SETTLED = 0.95
/** Hashes are below 2^53; so many of one set are sorted at a time. */
const HASH_LIMIT = 2 ** 53
const SORTED_AT_ONCE = 16_384

/** A set of 53-bit hashes in one typed array, open addressing: 8 to 16 bytes an entry where `Set` takes about 60. */
export class HashSet {
  #table = new Float64Array(SMALLEST).fill(EMPTY)
  #size = 0

  get size(): number {
    return this.#size
  }

  has(hash: number): boolean {
    return this.#table[this.#place(hash)] === hash
  }

  /** False when it was there already. */
  add(hash: number): boolean {
    const place = this.#place(hash)
    if (this.#table[place] === hash) return false
    this.#table[place] = hash
    this.#size++
    if (this.#size > FULL * this.#table.length) this.#resize(Math.ceil(GROWTH * this.#table.length))
    return true
  }

  /** Takes no more room than needed; what is added later makes room again. */
  settle(): void {
    const fits = Math.ceil(this.#size / SETTLED) + 1
    if (fits < this.#table.length) this.#resize(fits)
  }

  /** The hashes in ascending order, sorted piece by piece. */
  sorted(): PiecewiseArray {
    const count = Math.ceil(this.#size / SORTED_AT_ONCE)
    const ranges = new Uint32Array(count + 1)
    for (const hash of this.#table) if (hash !== EMPTY) ranges[rangeOf(hash, count) + 1]! += 1
    for (let range = 0; range < count; range++) ranges[range + 1]! += ranges[range]!
    const hashes = new Float64Array(this.#size)
    const ends = ranges.slice()
    for (const hash of this.#table) if (hash !== EMPTY) hashes[ends[rangeOf(hash, count)]!++] = hash
    const pieces = Array.from({ length: count }, (_, range) => {
      const piece = hashes.subarray(ranges[range], ranges[range + 1])
      return () => piece.sort()
    })
    return new PiecewiseArray(this.#size, pieces)
  }

  /** By the low 32 bits, spread over the table. */
  #place(hash: number): number {
    const { length } = this.#table
    let at = Math.floor(((hash >>> 0) / RANGE) * length)
    while (this.#table[at] !== EMPTY && this.#table[at] !== hash) at = at + 1 === length ? 0 : at + 1
    return at
  }

  #resize(length: number): void {
    const old = this.#table
    this.#table = new Float64Array(length).fill(EMPTY)
    for (const hash of old) if (hash !== EMPTY) this.#table[this.#place(hash)] = hash
  }
}

/** Which of `count` equal ranges a hash lies in. */
const rangeOf = (hash: number, count: number): number => Math.floor((hash / HASH_LIMIT) * count)
