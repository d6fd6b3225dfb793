import { type Packed, asTyped } from './packed.ts'
import { mix32 } from './hash.ts'

const KEPT = 1_024
const RANGE = 4_294_967_296

/**
 * Counts distinct people: exactly up to 1,024, then from the smallest hashes kept (Bar-Yossef et al. 2002, "Counting
 * distinct elements in a data stream", algorithm 2; error about 3 %). Merging two sketches equals sketching both.
 */
export class PeopleSketch {
  #smallest = new Map<number, number>()
  #largest = -1
  #overflowed = false

  /** `person` is a 53-bit hash. */
  add(person: number): void {
    const rank = mix32((person % RANGE) ^ mix32(Math.floor(person / RANGE)))
    if (this.#smallest.has(person)) return
    if (this.#smallest.size >= KEPT) {
      this.#overflowed = true
      if (rank >= this.#largest) return
    }
    this.#smallest.set(person, rank)
    if (this.#smallest.size > KEPT) this.#dropLargest()
    else this.#largest = Math.max(this.#largest, rank)
  }

  remove(person: number): void {
    if (!this.#overflowed) this.#smallest.delete(person)
  }

  merge(other: PeopleSketch): void {
    for (const person of other.#smallest.keys()) this.add(person)
    this.#overflowed ||= other.#overflowed
  }

  get count(): number {
    if (!this.#overflowed) return this.#smallest.size
    return Math.round(((this.#smallest.size - 1) * RANGE) / (this.#largest + 1))
  }

  pack(): Packed {
    const people = [...this.#smallest.keys()].sort((a, b) => a - b)
    return { people: Float64Array.from(people), overflowed: this.#overflowed }
  }

  static unpack(packed: Packed): PeopleSketch {
    const { people, overflowed } = packed as Record<string, Packed>
    const made = new PeopleSketch()
    for (const person of asTyped(people, Float64Array)) made.add(person)
    made.#overflowed = overflowed as boolean
    return made
  }

  #dropLargest(): void {
    let person = -1
    let largest = -1
    let second = -1
    for (const [candidate, rank] of this.#smallest) {
      if (rank > largest) {
        second = largest
        largest = rank
        person = candidate
      } else if (rank > second) second = rank
    }
    this.#smallest.delete(person)
    this.#largest = second
  }
}
