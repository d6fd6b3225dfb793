import { MAY_BELONG, type Post } from './post.ts'

/**
 * A post with the slot of its vector; `share` is the sampling rate it was kept at. One that is no complaint by far is only
 * counted: it has no vector, and a negative slot.
 */
export type Placed = { slot: number; post: Post; share: number }

export const isOnlyCounted = ({ complaint }: Pick<Post, 'complaint'>): boolean => complaint < MAY_BELONG

/** What a scan asks of every post, side by side by slot: one walk over plain numbers. */
export class SlotTable {
  size = 0
  /** The post itself; undefined where the slot is free. */
  placed: (Placed | undefined)[] = []
  times = new Float64Array(64)
  /** 1 in the window, 0 in the history or free. */
  recent = new Uint8Array(64)
  /** 1 where it counts as a post of its own: no copy. */
  counts = new Uint8Array(64)
  /** 1 where it may belong to a neighbourhood that complains. */
  belongs = new Uint8Array(64)
  /** How many posts it stands for. */
  masses = new Float64Array(64)
  people = new Float64Array(64)
  /** Fingerprints of the texts: the high and the low half, side by side. */
  prints = new Int32Array(128)
  /** Sums over what counts: posts of the window, and the mass of the history. Masses are powers of two: sums are exact. */
  recentPosts = 0
  historyMass = 0
  historyPosts = 0

  set(placed: Placed, recent: boolean): void {
    const { post, share } = placed
    const slot = placeOf(placed)
    if (slot >= this.times.length) this.#grow(slot + 1)
    this.#sum(slot, -1)
    this.size = Math.max(this.size, slot + 1)
    this.placed[slot] = placed
    this.times[slot] = post.at
    this.recent[slot] = recent ? 1 : 0
    this.counts[slot] = post.copy ? 0 : 1
    this.belongs[slot] = !post.copy && !isOnlyCounted(post) ? 1 : 0
    this.masses[slot] = 1 / share
    this.people[slot] = post.person
    this.prints[2 * slot] = post.printHi
    this.prints[2 * slot + 1] = post.printLo
    this.#sum(slot, 1)
  }

  clear(cleared: Placed): void {
    const slot = placeOf(cleared)
    this.#sum(slot, -1)
    this.placed[slot] = undefined
    this.recent[slot] = 0
    this.counts[slot] = 0
    this.belongs[slot] = 0
    this.masses[slot] = 0
  }

  #sum(slot: number, sign: 1 | -1): void {
    if (this.counts[slot] === 0) return
    if (this.recent[slot] === 1) this.recentPosts += sign
    else {
      this.historyMass += sign * this.masses[slot]!
      this.historyPosts += sign
    }
  }

  #grow(least: number): void {
    const capacity = Math.max(least, this.times.length * 2)
    for (const column of ['times', 'masses', 'people'] as const) {
      const grown = new Float64Array(capacity)
      grown.set(this[column])
      this[column] = grown
    }
    const prints = new Int32Array(2 * capacity)
    prints.set(this.prints)
    this.prints = prints
    for (const column of ['recent', 'counts', 'belongs'] as const) {
      const grown = new Uint8Array(capacity)
      grown.set(this[column])
      this[column] = grown
    }
  }
}

const placeOf = ({ slot }: Placed): number => (slot < 0 ? -1 - slot : slot)
