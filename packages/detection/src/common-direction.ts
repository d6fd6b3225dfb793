/**
 * What all texts of a stream have in common: the sum of the directions of all micro-clusters, each as often as it has
 * mentions. By slot: that number, and the cosine of the direction with the sum.
 */
export class CommonDirection {
  readonly #masses: Float64Array
  readonly #cosines: Float64Array
  /** The square of the sum's length. */
  #square = 0

  constructor(limit: number) {
    this.#masses = new Float64Array(limit)
    this.#cosines = new Float64Array(limit)
  }

  get square(): number {
    return this.#square
  }

  /** As it was packed; the cosines come by `put`. */
  restore(square: number): void {
    this.#square = square
  }

  /** The cosine of a micro-cluster's direction with the sum. */
  of(slot: number): number {
    return this.#cosines[slot]!
  }

  put(slot: number, mentions: number, cosine: number): void {
    this.#masses[slot] = mentions
    this.#cosines[slot] = cosine
  }

  count(slot: number, mentions: number): void {
    this.#masses[slot] = mentions
  }

  /** The cosine of a text with the sum, to which the text is then added; `products` are its cosines by slot. */
  meet(products: Float64Array, end: number): number {
    const masses = this.#masses
    let product = 0
    for (let slot = 0; slot < end; slot++) product += masses[slot]! * products[slot]!
    const cosine = this.#square > 0 ? product / Math.sqrt(this.#square) : 0
    this.#square += 2 * product + 1
    return cosine
  }

  /** Takes the sum anew: of each slot its mentions and the product of its direction with the sum. */
  retake(slots: readonly { slot: number; mentions: number; product: number }[]): void {
    this.#square = 0
    for (const { mentions, product } of slots) this.#square += product * mentions
    for (const { slot, product } of slots) this.#cosines[slot] = product / Math.sqrt(this.#square)
  }
}
