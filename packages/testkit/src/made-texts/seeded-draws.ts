/** Draws from one seed: the same seed gives the same draws. Uniform numbers by mulberry32 (Ettinger, public domain). */
export type Draws = {
  /** In [0, 1). */
  uniform(): number
  below(limit: number): number
  pick<T>(items: readonly T[]): T
  shuffled<T>(items: readonly T[]): T[]
  /** All items, dealt from a pile in a drawn order. */
  dealt<T>(items: readonly T[]): T[]
  /** Mean 1. */
  exponential(): number
  normal(): number
}

export const seededDraws = (seed: number): Draws => {
  let state = Math.imul(seed, 0x9e_37_79_b1) >>> 0
  const uniform = () => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(uniform() * limit)
  const shuffled = <T>(items: readonly T[]): T[] => {
    const list = [...items]
    for (let last = list.length - 1; last > 0; last -= 1) {
      const other = below(last + 1)
      ;[list[last], list[other]] = [list[other]!, list[last]!]
    }
    return list
  }
  return {
    uniform,
    below,
    pick: (items) => items[below(items.length)]!,
    shuffled,
    dealt: shuffled,
    exponential: () => -Math.log(1 - uniform()),
    // Box and Muller 1958.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  }
}
