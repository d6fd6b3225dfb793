const SMALLEST = 256

// Shared between texts: counting is synchronous, and a table per text would cost more than the counting.
let places = new Int32Array(SMALLEST)
let ids = new Uint32Array(SMALLEST)
let counts = new Int32Array(SMALLEST)

/** Counts term ids of one text: a hash table with open addressing. One at a time: the next one takes its place. */
export class TermCount {
  readonly #mask: number
  #size = 0

  /** `most` terms are added at most. */
  constructor(most: number) {
    let size = SMALLEST
    while (size < 2 * most) size *= 2
    this.#mask = size - 1
    if (places.length < size) {
      places = new Int32Array(size)
      ids = new Uint32Array(size)
      counts = new Int32Array(size)
    } else places.fill(0, 0, size)
  }

  add(id: number): void {
    // The two lowest bits are the kind of the term and not spread.
    let at = (id >>> 2) & this.#mask
    for (let place = places[at]!; place > 0; place = places[at]!) {
      if (ids[place - 1] === id) {
        counts[place - 1]!++
        return
      }
      at = (at + 1) & this.#mask
    }
    ids[this.#size] = id
    counts[this.#size] = 1
    places[at] = ++this.#size
  }

  /** The distinct ids in order of first use, and how often each came; `counts` is valid until the next count. */
  distinct(): { ids: Uint32Array; counts: Int32Array } {
    return { ids: ids.slice(0, this.#size), counts }
  }
}
