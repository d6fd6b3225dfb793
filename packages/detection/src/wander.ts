import type { Packed } from './packed.ts'

/** Relative variance of a rate before anything is known of it, and what it is held between. */
const USUAL_WANDER = 0.1
const LEAST_WANDER = 0.02
const MOST_WANDER = 1
/** Weight of the usual: as a few days in which two people an hour are expected. */
const USUAL_WEIGHT = 400
/** Errors beyond three standard deviations are bursts, not habits. */
const MOST_SQUARES = 9
/** Half is forgotten in two weeks. */
const KEPT_AN_HOUR = 0.998

/**
 * How much a brand's rate wanders beside what the clock explains: the squared relative error of forecasts of its own
 * past hours beyond what counting explains, each hour weighed by what it can tell (moments of the negative binomial).
 */
export class Wander {
  #excess = 0
  #weight = 0

  /** An hour is over: what came, and what was expected before it. */
  learn(observed: number, expected: number): void {
    const scale = (1 + USUAL_WANDER * expected) ** 2
    const squares = Math.min((observed - expected) ** 2, MOST_SQUARES * expected * (1 + USUAL_WANDER * expected))
    this.#excess = this.#excess * KEPT_AN_HOUR + (squares - expected) / scale
    this.#weight = this.#weight * KEPT_AN_HOUR + expected ** 2 / scale
  }

  get relativeVariance(): number {
    const found = (USUAL_WANDER * USUAL_WEIGHT + this.#excess) / (USUAL_WEIGHT + this.#weight)
    return Math.min(MOST_WANDER, Math.max(LEAST_WANDER, found))
  }

  pack(): Packed {
    return [this.#excess, this.#weight]
  }

  static unpack(packed: Packed): Wander {
    const made = new Wander()
    const [excess, weight] = packed as number[]
    made.#excess = excess!
    made.#weight = weight!
    return made
  }
}
