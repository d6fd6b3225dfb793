import type { Mention } from '@outcry/contracts'

/** A mention that waits for its turn. */
export type Held = { mention: Mention; backfill: boolean }

const before = (a: Held, b: Held): boolean =>
  a.mention.eventTime < b.mention.eventTime ||
  (a.mention.eventTime === b.mention.eventTime &&
    (a.mention.id < b.mention.id || (a.mention.id === b.mention.id && a.mention.rev < b.mention.rev)))

/** Gives mentions back in (event time, event id) order: a binary heap. */
export class ReorderHold {
  #heap: Held[] = []

  get size(): number {
    return this.#heap.length
  }

  /** Event time of the next mention, or Infinity. */
  get nextAt(): number {
    return this.#heap[0]?.mention.eventTime ?? Infinity
  }

  add(held: Held): void {
    const heap = this.#heap
    let at = heap.push(held) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!before(held, heap[parent]!)) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = held
  }

  take(): Held | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (!first || !last || heap.length === 0) return first
    let at = 0
    for (;;) {
      let child = at * 2 + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++
      if (!before(heap[child]!, last)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = last
    return first
  }

  /** Takes out what matches; for deletions, which do not wait. */
  drop(matches: (mention: Mention) => boolean): Mention[] {
    const dropped = this.#heap.filter((held) => matches(held.mention)).map((held) => held.mention)
    if (dropped.length === 0) return dropped
    const kept = this.#heap.filter((held) => !matches(held.mention))
    this.#heap = []
    for (const held of kept) this.add(held)
    return dropped
  }

  /** Everything held, in order. */
  sorted(): Held[] {
    return this.#heap.toSorted((a, b) => (before(a, b) ? -1 : before(b, a) ? 1 : 0))
  }
}
