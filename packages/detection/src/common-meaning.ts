import { asBytes, scaleOf } from './direction-rows.ts'
import { type Packed, asTyped } from './packed.ts'

/** Texts from which what all have in common is half known, and from which the oldest fade. */
const HALF_KNOWN = 30
const FADE_AFTER = 4_000

/**
 * What all texts of a brand mean together: every post to an airline is about flying. Without it, likeness of meaning has
 * one scale for all brands.
 */
export class CommonMeaning {
  #sum = new Float64Array(0)
  #seen = 0

  /** A direction less the common one, which then learns of it; undefined where nothing is left or the width is another. */
  without(direction: Int8Array | undefined): Int8Array | undefined {
    if (!direction) return undefined
    if (this.#seen === 0) this.#sum = new Float64Array(direction.length)
    if (direction.length !== this.#sum.length) return undefined
    const scale = scaleOf(direction)
    const share = 1 / (this.#seen + HALF_KNOWN)
    const rest = Float64Array.from(direction, (value, at) => value * scale - this.#sum[at]! * share)
    for (let at = 0; at < direction.length; at++) this.#sum[at]! += direction[at]! * scale
    if (++this.#seen >= FADE_AFTER) {
      this.#seen /= 2
      for (let at = 0; at < this.#sum.length; at++) this.#sum[at]! /= 2
    }
    return asBytes(rest)
  }

  pack(): Packed {
    return { sum: this.#sum, seen: this.#seen }
  }

  static unpack(packed: Packed): CommonMeaning {
    const fields = packed as Record<string, Packed>
    const made = new CommonMeaning()
    made.#sum = asTyped(fields.sum, Float64Array)
    made.#seen = fields.seen as number
    return made
  }
}
