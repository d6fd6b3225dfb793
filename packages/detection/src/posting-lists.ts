const CLASS_SHIFT = 24
const LENGTH_MASK = (1 << CLASS_SHIFT) - 1
/** Room of a block by class: 4, 6, 8, 12, 16, … so that little of it stays empty. Class 0 is no block. */
const ROOMS = Int32Array.from({ length: 40 }, (_, at) => (at === 0 ? 0 : (at % 2 === 1 ? 4 : 6) * 2 ** ((at - 1) >> 1)))
/** Share of the arena in unused blocks from which it is packed anew instead of enlarged. */
const UNUSED = 1 / 5

/**
 * For every feature the entries that hold it, side by side in one arena: asking walks contiguous memory, removing moves
 * the last entry into the gap. Full blocks are moved to larger ones and used again by size;
 * where too much lies unused, all lists are packed anew.
 *
 * An entry is one whole number with everything a question needs: what costs time here is fetching lines of memory, not
 * arithmetic. For the same reason a list's place and its length lie next to each other.
 */
export class PostingLists {
  /** For each feature: first place, then length with the class of its block in the highest bits. */
  readonly #lists: Int32Array
  #free: number[][] = []
  #used = 0
  #unused = 0
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
    if (offset === ROOMS[sizeClass]) this.#enlarge(at, offset, sizeClass)
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
    const next = sizeClass + 1
    const block = this.#free[next]?.pop() ?? -1
    if (block >= 0) this.#unused -= ROOMS[next]!
    const to = block >= 0 ? block : this.#take(ROOMS[next]!)
    // Taking may have packed everything anew: this list lies elsewhere then.
    const from = this.#lists[at]!
    this.entries.copyWithin(to, from, from + length)
    if (sizeClass > 0) {
      ;(this.#free[sizeClass] ??= []).push(from)
      this.#unused += ROOMS[sizeClass]!
    }
    this.#lists[at] = to
    this.#lists[at + 1] = length | (next << CLASS_SHIFT)
  }

  #take(room: number): number {
    if (this.#used + room > this.entries.length) this.#makeRoom(room)
    const block = this.#used
    this.#used += room
    return block
  }

  #makeRoom(room: number): void {
    if (this.#unused < UNUSED * this.#used) {
      const entries = new Int32Array(Math.ceil((this.#used + room) * 1.25))
      entries.set(this.entries.subarray(0, this.#used))
      this.entries = entries
      return
    }
    const old = this.entries
    let used = 0
    for (let at = 1; at < this.#lists.length; at += 2) used += roomFor(this.#lists[at]! & LENGTH_MASK)
    this.entries = new Int32Array(Math.ceil((used + room) * 1.25))
    this.#used = 0
    this.#free = []
    this.#unused = 0
    for (let at = 0; at < this.#lists.length; at += 2) {
      const length = this.#lists[at + 1]! & LENGTH_MASK
      const sizeClass = classFor(length)
      const from = this.#lists[at]!
      this.#lists[at] = this.#used
      this.#lists[at + 1] = length | (sizeClass << CLASS_SHIFT)
      this.entries.set(old.subarray(from, from + length), this.#used)
      this.#used += ROOMS[sizeClass]!
    }
  }
}

/** The smallest block that holds so many entries. */
const classFor = (length: number): number => {
  let sizeClass = 0
  while (ROOMS[sizeClass]! < length) sizeClass++
  return sizeClass
}

const roomFor = (length: number): number => ROOMS[classFor(length)]!
