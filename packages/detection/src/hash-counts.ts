const SMALLEST = 16
const EMPTY = -1

/**
 * Whole numbers by 53-bit hash, one or more columns of them, in typed arrays: open addressing, 20 to 60 bytes an entry
 * where a `Map` a column takes several times that. What is 0 in every column takes no place.
 */
export class HashCounts {
  readonly #columns: number
  #hashes = new Float64Array(SMALLEST).fill(EMPTY)
  #counts: Int32Array
  #size = 0

  constructor(columns = 1) {
    this.#columns = columns
    this.#counts = new Int32Array(SMALLEST * columns)
  }

  /** Hashes with a count other than 0. */
  get size(): number {
    return this.#size
  }

  get(hash: number, column = 0): number {
    const place = this.#place(hash)
    return this.#hashes[place] === hash ? this.#counts[place * this.#columns + column]! : 0
  }

  /** Adds to a count; gives what it is now. */
  change(hash: number, by: number, column = 0): number {
    if (this.#size * 4 >= this.#hashes.length * 3) this.#resize(this.#hashes.length * 2)
    const place = this.#place(hash)
    const at = place * this.#columns + column
    const isNew = this.#hashes[place] !== hash
    const count = (isNew ? 0 : this.#counts[at]!) + by
    if (isNew && count !== 0) {
      this.#hashes[place] = hash
      this.#size++
    }
    if (isNew && count === 0) return 0
    this.#counts[at] = count
    if (count === 0 && this.#isZero(place)) this.#free(place)
    return count
  }

  clear(): void {
    this.#size = 0
    this.#hashes = new Float64Array(SMALLEST).fill(EMPTY)
    this.#counts = new Int32Array(SMALLEST * this.#columns)
  }

  /** The hashes in ascending order. */
  sorted(): Float64Array {
    return this.#hashes.filter((hash) => hash !== EMPTY).sort()
  }

  #isZero(place: number): boolean {
    for (let at = place * this.#columns; at < (place + 1) * this.#columns; at++)
      if (this.#counts[at] !== 0) return false
    return true
  }

  /** Empties a place and moves what could not lie there to nearer its own, so that no search ends too early. */
  #free(freed: number): void {
    const mask = this.#hashes.length - 1
    let gap = freed
    for (let at = (gap + 1) & mask; this.#hashes[at] !== EMPTY; at = (at + 1) & mask) {
      const home = this.#hashes[at]! & mask
      if (((at - home) & mask) < ((at - gap) & mask)) continue
      this.#move(at, gap)
      gap = at
    }
    this.#hashes[gap] = EMPTY
    this.#counts.fill(0, gap * this.#columns, (gap + 1) * this.#columns)
    this.#size--
    if (this.#size * 8 < this.#hashes.length && this.#hashes.length > SMALLEST) this.#resize(this.#hashes.length / 2)
  }

  #move(from: number, to: number): void {
    this.#hashes[to] = this.#hashes[from]!
    for (let column = 0; column < this.#columns; column++)
      this.#counts[to * this.#columns + column] = this.#counts[from * this.#columns + column]!
  }

  /** The low bits are as good as any: `&` takes them of the whole 53. */
  #place(hash: number): number {
    const mask = this.#hashes.length - 1
    let at = hash & mask
    while (this.#hashes[at] !== EMPTY && this.#hashes[at] !== hash) at = (at + 1) & mask
    return at
  }

  #resize(length: number): void {
    const hashes = this.#hashes
    const counts = this.#counts
    const columns = this.#columns
    this.#hashes = new Float64Array(length).fill(EMPTY)
    this.#counts = new Int32Array(length * columns)
    for (let from = 0; from < hashes.length; from++) {
      if (hashes[from] === EMPTY) continue
      const to = this.#place(hashes[from]!)
      this.#hashes[to] = hashes[from]!
      for (let column = 0; column < columns; column++)
        this.#counts[to * columns + column] = counts[from * columns + column]!
    }
  }
}
