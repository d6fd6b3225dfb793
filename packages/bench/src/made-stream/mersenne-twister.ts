const SIZE = 624
const MIDDLE = 397

/** MT19937 of Matsumoto and Nishimura (1998), seeded by an array of words as their reference code does. */
export class MersenneTwister {
  #state = new Uint32Array(SIZE)
  #at = SIZE

  constructor(key: readonly number[]) {
    const state = this.#state
    state[0] = 19_650_218
    for (let at = 1; at < SIZE; at += 1) state[at] = Math.imul(1_812_433_253, previous(state, at)) + at
    let at = 1
    for (let step = 0; step < Math.max(SIZE, key.length); step += 1) {
      const word = step % key.length
      state[at] = (state[at]! ^ Math.imul(previous(state, at), 1_664_525)) + key[word]! + word
      at = this.#after(at)
    }
    for (let step = 1; step < SIZE; step += 1) {
      state[at] = (state[at]! ^ Math.imul(previous(state, at), 1_566_083_941)) - at
      at = this.#after(at)
    }
    state[0] = 0x80_00_00_00
  }

  /** 32 bits. */
  next(): number {
    if (this.#at >= SIZE) this.#twist()
    let word = this.#state[this.#at++]!
    word ^= word >>> 11
    word ^= (word << 7) & 0x9d_2c_56_80
    word ^= (word << 15) & 0xef_c6_00_00
    return (word ^ (word >>> 18)) >>> 0
  }

  /** In [0, 1), with 53 bits. */
  double(): number {
    const high = this.next() >>> 5
    return (high * 67_108_864 + (this.next() >>> 6)) / 9_007_199_254_740_992
  }

  #after(at: number): number {
    if (at + 1 < SIZE) return at + 1
    this.#state[0] = this.#state[SIZE - 1]!
    return 1
  }

  #twist(): void {
    const state = this.#state
    for (let at = 0; at < SIZE; at += 1) {
      const mixed = (state[at]! & 0x80_00_00_00) | (state[(at + 1) % SIZE]! & 0x7f_ff_ff_ff)
      state[at] = state[(at + MIDDLE) % SIZE]! ^ (mixed >>> 1) ^ ((mixed & 1) === 0 ? 0 : 0x99_08_b0_df)
    }
    this.#at = 0
  }
}

/** The word before one, mixed with its own high bits. */
const previous = (state: Uint32Array, at: number): number => state[at - 1]! ^ (state[at - 1]! >>> 30)
