import { CommonMeaning } from './common-meaning.ts'
import { DirectionRows, asBytes, scaleOf } from './direction-rows.ts'

/** Weights of words and of meaning where both are known; what is taken off keeps the thresholds for words. */
const WORDS = 0.45
const MEANING = 0.55
const USUAL = 0.2

/** What the texts of micro-clusters mean, by slot: sums of directions less what all have in common, and where they point. */
export class ClusterMeanings {
  #common = new CommonMeaning()
  #sums: (Float64Array | undefined)[] = []
  #rows = new DirectionRows()

  /** A text's meaning as the others know it. */
  without(direction: Int8Array | undefined): Int8Array | undefined {
    return this.#common.without(direction)
  }

  add(slot: number, direction: Int8Array | undefined): void {
    if (!direction) return
    const sum = (this.#sums[slot] ??= new Float64Array(direction.length))
    const scale = scaleOf(direction)
    for (let at = 0; at < direction.length; at++) sum[at]! += direction[at]! * scale
  }

  /** One micro-cluster went into another, or away. */
  leave(from: number, into: number | undefined): void {
    const sum = this.#sums[from]
    if (sum && into !== undefined) {
      const other = (this.#sums[into] ??= new Float64Array(sum.length))
      for (let at = 0; at < sum.length; at++) other[at]! += sum[at]!
    }
    this.#sums[from] = undefined
    this.#rows.set(from, undefined)
  }

  /** Turns a slot to where its sum points now. */
  place(slot: number): void {
    const sum = this.#sums[slot]
    if (sum) this.#rows.set(slot, asBytes(sum))
  }

  /** Likeness of something with a slot, by words and meaning where both have one, else by words alone. */
  likenessTo(direction: Int8Array | undefined): (slot: number, words: number) => number {
    if (!direction) return wordsAlone
    const cosines = this.#rows.cosines(direction)
    return (slot, words) => (this.#rows.has(slot) ? WORDS * words + MEANING * cosines[slot]! - USUAL : words)
  }

  /** The direction of a slot. */
  of(slot: number): Int8Array | undefined {
    return this.#rows.row(slot)
  }
}

const wordsAlone = (_slot: number, words: number): number => words
