import { CommonMeaning } from './common-meaning.ts'
import { DirectionRows, asBytes, scaleOf } from './direction-rows.ts'
import type { Packed } from './packed.ts'
import type { SlotTable } from './slot-table.ts'
import { withoutOwn } from './without-own.ts'

/** Weights of words and of meaning where two posts have both. */
const WORDS = 0.25
const MEANING = 0.75
/** Even posts of different issues are a little alike: with this taken off the scan's thresholds for words hold. */
const USUAL = 0.15
/** Earlier posts that one is taken together with, how alike they must be, and what they weigh. */
const LIKE = 8
const LEAST_LIKE = 0.3
const LIKE_WEIGHT = 0.5

/**
 * What a model made of the posts of the neighbourhood, by their slots, less what all have in common, and taken together
 * with the nearest of the history, as words are (`widening.ts`). Posts of which nothing was asked, or answered in time,
 * have none and are compared by their words.
 */
export class Meanings {
  #common = new CommonMeaning()
  #plain = new DirectionRows()
  #wide = new DirectionRows()

  /** Keeps what a post means, in its slot if it has one; gives it back as it is compared. */
  keep(direction: Int8Array | undefined, slot: number | undefined, table: SlotTable): Int8Array | undefined {
    const plain = this.#common.without(direction)
    const wide = plain && this.#widened(plain, table)
    if (slot !== undefined) {
      this.#plain.set(slot, wide && plain)
      this.#wide.set(slot, wide)
    }
    return wide
  }

  /**
   * Puts likeness of words and meaning in the place of the cosines of words, for every slot that has a meaning. `members`:
   * slots whose middle the direction is; each is held against the others.
   */
  blend(products: Float64Array, direction: ArrayLike<number>, members: readonly number[] = []): void {
    const cosines = this.#wide.cosines(direction)
    withoutOwn(
      cosines,
      members.filter((slot) => this.#wide.has(slot)),
    )
    const end = Math.min(products.length, this.#wide.end)
    for (let slot = 0; slot < end; slot++) {
      if (this.#wide.has(slot)) products[slot] = WORDS * products[slot]! + MEANING * cosines[slot]! - USUAL
    }
  }

  /** The direction in the middle of one and of those in the slots. */
  middle(own: Int8Array, slots: readonly number[]): Float64Array {
    const scale = scaleOf(own)
    const sum = Float64Array.from(own, (value) => value * scale)
    for (const slot of slots) this.#wide.addTo(sum, slot, 1)
    return sum
  }

  /** Of the slots that are in use. */
  pack(used: readonly { slot: number }[]): Packed {
    const slots = used.map(({ slot }) => slot)
    return { common: this.#common.pack(), plain: this.#plain.pack(slots), wide: this.#wide.pack(slots) }
  }

  static unpack(packed: Packed): Meanings {
    const fields = packed as Record<string, Packed>
    const made = new Meanings()
    made.#common = CommonMeaning.unpack(fields.common!)
    made.#plain = DirectionRows.unpack(fields.plain!)
    made.#wide = DirectionRows.unpack(fields.wide!)
    return made
  }

  /** A slot that was let go stands for no post, and its row for nobody. */
  #widened(plain: Int8Array, { recent, masses }: SlotTable): Int8Array | undefined {
    const cosines = this.#plain.cosines(plain)
    const like: number[] = []
    for (let slot = 0; slot < this.#plain.end; slot++)
      if (cosines[slot]! >= LEAST_LIKE && recent[slot] === 0 && masses[slot]! > 0) like.push(slot)
    like.sort((a, b) => cosines[b]! - cosines[a]! || a - b)
    const scale = scaleOf(plain)
    const sum = Float64Array.from(plain, (value) => value * scale)
    for (const slot of like.slice(0, LIKE)) this.#plain.addTo(sum, slot, LIKE_WEIGHT * cosines[slot]!)
    return asBytes(sum)
  }
}
