const SMALLEST_CLASS = 2
const CLASS_SHIFT = 24
const LENGTH_MASK = (1 << CLASS_SHIFT) - 1

/**
 * For every feature the entries that hold it, side by side in one arena: asking walks contiguous memory, removing moves
 * the last entry into the gap. Blocks double when full and are used again by size.
 *
 * An entry is one whole number with everything a question needs: what costs time here is fetching lines of memory, not
 * arithmetic. For the same reason a list's place and its length lie next to each other.
 */
export class PostingLists {
  /** For each feature: first place, then length with the class of its block in the highest bits. */
  readonly #lists: Int32Array
  #free: number[][] = []
  #used = 0
  entries: Int32Array = new Int32Array(4_096)

  constructor(features: number) {
    this.#lists = new Int32Array(2 * features)
  }

  /** Place of a feature's first entry. */
  start(feature: number): number {
    return this.#lists[2 * feature]!
  }

  /** Place after a feature's last entry. */
  end(feature: number): number {
    return this.#lists[2 * feature]! + (this.#lists[2 * feature + 1]! & LENGTH_MASK)
  }

  /** Adds an entry; gives its offset in the feature's list. */
  add(feature: number, entry: number): number {
    const at = 2 * feature
    const offset = this.#lists[at + 1]! & LENGTH_MASK
    const sizeClass = this.#lists[at + 1]! >>> CLASS_SHIFT
    if (sizeClass === 0 || offset === 1 << sizeClass) this.#enlarge(at, offset, sizeClass)
    this.#lists[at + 1]!++
    this.entries[this.#lists[at]! + offset] = entry
    return offset
  }

  /** Removes the entry at an offset of the feature's list; true where another took its place. */
  remove(feature: number, offset: number): boolean {
    const at = 2 * feature
    const last = --this.#lists[at + 1]! & LENGTH_MASK
    if (offset === last) return false
    const base = this.#lists[at]!
    this.entries[base + offset] = this.entries[base + last]!
    return true
  }

  #enlarge(at: number, length: number, sizeClass: number): void {
    const next = Math.max(SMALLEST_CLASS, sizeClass + 1)
    const block = this.#free[next]?.pop() ?? this.#take(1 << next)
    const from = this.#lists[at]!
    this.entries.copyWithin(block, from, from + length)
    if (sizeClass > 0) (this.#free[sizeClass] ??= []).push(from)
    this.#lists[at] = block
    this.#lists[at + 1] = length | (next << CLASS_SHIFT)
  }

  #take(size: number): number {
    const block = this.#used
    this.#used += size
    if (this.#used > this.entries.length) {
      const entries = new Int32Array(Math.max(this.#used, Math.ceil(this.entries.length * 1.5)))
      entries.set(this.entries)
      this.entries = entries
    }
    return block
  }
}
