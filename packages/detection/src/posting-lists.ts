const SMALLEST = 4

/**
 * For every feature the entries that hold it, side by side in one arena: asking walks contiguous memory, removing moves
 * the last entry into the gap. Blocks double when full and are used again by size.
 */
export class PostingLists {
  readonly #offsets: Int32Array
  readonly #lengths: Int32Array
  readonly #capacities: Int32Array
  #free: number[][] = []
  #used = 0
  /** Entry numbers, their slots and their weights, at the same places. */
  entries = new Int32Array(4_096)
  slots = new Int32Array(4_096)
  weights = new Float32Array(4_096)

  constructor(features: number) {
    this.#offsets = new Int32Array(features)
    this.#lengths = new Int32Array(features)
    this.#capacities = new Int32Array(features)
  }

  /** First place of a feature's entries. */
  start(feature: number): number {
    return this.#offsets[feature]!
  }

  /** Place after a feature's last entry. */
  end(feature: number): number {
    return this.#offsets[feature]! + this.#lengths[feature]!
  }

  /** Adds an entry; gives its offset in the feature's list. */
  add(feature: number, entry: number, slot: number, weight: number): number {
    if (this.#lengths[feature] === this.#capacities[feature]) this.#enlarge(feature)
    const offset = this.#lengths[feature]!
    this.#lengths[feature] = offset + 1
    const place = this.#offsets[feature]! + offset
    this.entries[place] = entry
    this.slots[place] = slot
    this.weights[place] = weight
    return offset
  }

  /** Removes the entry at an offset of the feature's list; gives the entry that took its place, or -1. */
  remove(feature: number, offset: number): number {
    const last = this.#lengths[feature]! - 1
    this.#lengths[feature] = last
    if (offset === last) return -1
    const base = this.#offsets[feature]!
    this.entries[base + offset] = this.entries[base + last]!
    this.slots[base + offset] = this.slots[base + last]!
    this.weights[base + offset] = this.weights[base + last]!
    return this.entries[base + offset]!
  }

  #enlarge(feature: number): void {
    const capacity = this.#capacities[feature]!
    const next = capacity === 0 ? SMALLEST : capacity * 2
    const block = this.#free[sizeClass(next)]?.pop() ?? this.#take(next)
    const from = this.#offsets[feature]!
    this.entries.copyWithin(block, from, from + capacity)
    this.slots.copyWithin(block, from, from + capacity)
    this.weights.copyWithin(block, from, from + capacity)
    if (capacity > 0) (this.#free[sizeClass(capacity)] ??= []).push(from)
    this.#offsets[feature] = block
    this.#capacities[feature] = next
  }

  #take(size: number): number {
    const block = this.#used
    this.#used += size
    if (this.#used > this.entries.length) {
      const entries = new Int32Array(Math.max(this.#used, this.entries.length * 2))
      entries.set(this.entries)
      this.entries = entries
      const slots = new Int32Array(entries.length)
      slots.set(this.slots)
      this.slots = slots
      const weights = new Float32Array(entries.length)
      weights.set(this.weights)
      this.weights = weights
    }
    return block
  }
}

const sizeClass = (size: number): number => 31 - Math.clz32(size)
