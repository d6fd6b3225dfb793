const SMALLEST = 512

/** Counts term ids of one text: a hash table with open addressing. One text at a time. */
export class TermCount {
  #places = new Int32Array(SMALLEST)
  #signed = new Int32Array(SMALLEST)
  #mask = SMALLEST - 1
  /** Distinct ids, and in order of first use what they are and how often each came; valid until the next start. */
  size = 0
  ids: Uint32Array = new Uint32Array(this.#signed.buffer)
  counts: Int32Array = new Int32Array(SMALLEST)

  /** `most` terms are added at most. */
  start(most: number): void {
    let places = SMALLEST
    while (places < 2 * most) places *= 2
    this.#mask = places - 1
    this.size = 0
    if (this.#places.length >= places) {
      this.#places.fill(0, 0, places)
      return
    }
    this.#places = new Int32Array(places)
    this.#signed = new Int32Array(places)
    this.ids = new Uint32Array(this.#signed.buffer)
    this.counts = new Int32Array(places)
  }

  /** `id` as a signed integer. */
  add(id: number): void {
    this.size = this.#put(id, this.size)
  }

  addAll(given: readonly number[]): void {
    let size = this.size
    for (let i = 0; i < given.length; i++) size = this.#put(given[i]!, size)
    this.size = size
  }

  /** Gives how many there are then. */
  #put(id: number, size: number): number {
    const places = this.#places
    const mask = this.#mask
    // The two lowest bits are the kind of the term and not spread.
    let at = (id >>> 2) & mask
    for (let place = places[at]!; place > 0; place = places[at]!) {
      if (this.#signed[place - 1] === id) {
        this.counts[place - 1]!++
        return size
      }
      at = (at + 1) & mask
    }
    this.#signed[size] = id
    this.counts[size] = 1
    places[at] = size + 1
    return size + 1
  }
}
