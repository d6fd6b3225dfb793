import { MAY_BELONG, type Post } from './post.ts'

/** A post with the slot of its vector; `share` is the sampling rate it was kept at. */
export type Placed = { slot: number; post: Post; share: number }

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

  set(placed: Placed, recent: boolean): void {
    const { slot, post, share } = placed
    if (slot >= this.times.length) this.#grow(slot + 1)
    this.size = Math.max(this.size, slot + 1)
    this.placed[slot] = placed
    this.times[slot] = post.at
    this.recent[slot] = recent ? 1 : 0
    this.counts[slot] = post.copy ? 0 : 1
    this.belongs[slot] = !post.copy && post.complaint >= MAY_BELONG ? 1 : 0
    this.masses[slot] = 1 / share
  }

  clear(slot: number): void {
    this.placed[slot] = undefined
    this.recent[slot] = 0
    this.counts[slot] = 0
    this.belongs[slot] = 0
    this.masses[slot] = 0
  }

  #grow(least: number): void {
    const capacity = Math.max(least, this.times.length * 2)
    const times = new Float64Array(capacity)
    times.set(this.times)
    this.times = times
    const masses = new Float64Array(capacity)
    masses.set(this.masses)
    this.masses = masses
    for (const column of ['recent', 'counts', 'belongs'] as const) {
      const grown = new Uint8Array(capacity)
      grown.set(this[column])
      this[column] = grown
    }
  }
}
