import type { Packed } from './packed.ts'

/** Half is forgotten in twelve hours: what lasts for a day is the new normal. */
const KEPT_AN_HOUR = 0.5 ** (1 / 12)
/** People that are as good as none, and standard deviations that are no new level. */
const STEADINESS = 6
const DEVIATIONS = 2

/** How much more than its clock expects a rate has brought of late: what lasts is no burst any more. */
export class Level {
  #seen = 0
  #expected = 0

  /** An hour is over: what came, without what was kept out as a burst, and what the clock had expected. */
  learn(seen: number, expected: number): void {
    this.#seen = this.#seen * KEPT_AN_HOUR + seen
    this.#expected = this.#expected * KEPT_AN_HOUR + expected
  }

  /** 1 or more. */
  get factor(): number {
    return Math.max(
      1,
      (this.#seen - DEVIATIONS * Math.sqrt(this.#expected) + STEADINESS) / (this.#expected + STEADINESS),
    )
  }

  pack(): Packed {
    return [this.#seen, this.#expected]
  }

  static unpack(packed: Packed): Level {
    const made = new Level()
    const [seen, expected] = packed as number[]
    made.#seen = seen!
    made.#expected = expected!
    return made
  }
}
