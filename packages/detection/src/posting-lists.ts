/** Most entries of one list. */
export const MAX_LIST = 1 << 13
/** Room of a block by class: 1, 2, 3, 4, 6, 8, 12, 16, 24, … so that little of it stays empty. Class 0 is no block. */
const ROOMS = Int32Array.from({ length: 28 }, (_, at) => (at < 3 ? at : (at % 2 === 1 ? 3 : 4) * 2 ** ((at - 3) >> 1)))
/** The smallest class that holds so many entries. */
const CLASSES = Uint8Array.from({ length: MAX_LIST + 1 }, (_, length) => ROOMS.findIndex((room) => room >= length))
/** Share of the arena that lies unused from which it is packed anew instead of enlarged, and by which it is enlarged. */
const UNUSED = 1 / 8
const NO_BLOCK = -1
const SMALLEST = 1_024

// Packing anew is synchronous: one copy of what is packed serves all.
let packing = new Int32Array(0)

/**
 * For every feature the entries that hold it, side by side in one arena: asking walks contiguous memory, removing moves
 * the last entry into the gap. A list always lies in the smallest block that holds it; blocks that become free are used
 * again by size, and where too much lies unused all lists are packed anew.
 *
 * An entry is one whole number with everything a question needs: what costs time here is fetching lines of memory, not
 * arithmetic. For the same reason a list's place and its length lie next to each other.
 */
export class PostingLists {
  /** For each feature: first place, then length. */
  readonly #lists: Int32Array
  /** By class the first free block; its first place holds the next. */
  readonly #free = new Int32Array(ROOMS.length).fill(NO_BLOCK)
  #used = 0
  #unused = 0
  entries: Int32Array = new Int32Array(SMALLEST)

  constructor(features: number) {
    this.#lists = new Int32Array(2 * features)
  }

  /** Place of a feature's first entry. */
  start(feature: number): number {
    return this.#lists[2 * feature]!
  }

  /** Place after a feature's last entry. */
  end(feature: number): number {
    return this.#lists[2 * feature]! + this.#lists[2 * feature + 1]!
  }

  /** Adds an entry to a list of fewer than `MAX_LIST`; gives its offset in the feature's list. */
  add(feature: number, entry: number): number {
    const at = 2 * feature
    const offset = this.#lists[at + 1]!
    const own = CLASSES[offset]!
    if (offset === ROOMS[own]) this.#enlarge(at, offset, own)
    this.#lists[at + 1] = offset + 1
    this.entries[this.#lists[at]! + offset] = entry
    return offset
  }

  /** Removes the entry at an offset of the feature's list; true where another took its place. */
  remove(feature: number, offset: number): boolean {
    const at = 2 * feature
    const base = this.#lists[at]!
    const last = this.#lists[at + 1]! - 1
    if (offset !== last) this.entries[base + offset] = this.entries[base + last]!
    this.#lists[at + 1] = last
    if (last === ROOMS[CLASSES[last]!]) this.#reduce(at, last)
    return offset !== last
  }

  #enlarge(at: number, length: number, own: number): void {
    const to = this.#pop(own + 1) ?? this.#take(ROOMS[own + 1]!)
    // Taking may have packed everything anew: this list lies elsewhere then.
    const from = this.#lists[at]!
    this.#copy(from, to, length)
    if (own > 0) this.#push(own, from)
    this.#lists[at] = to
  }

  /** Moves a list that fits a smaller block, or gives back the rest of its own. */
  #reduce(at: number, length: number): void {
    const from = this.#lists[at]!
    const fits = CLASSES[length]!
    if (fits === 0) return this.#push(1, from)
    const to = this.#pop(fits)
    // Between two classes lies room of a class too.
    if (to === undefined) return this.#push(CLASSES[ROOMS[fits + 1]! - ROOMS[fits]!]!, from + length)
    this.#copy(from, to, length)
    this.#push(fits + 1, from)
    this.#lists[at] = to
    return undefined
  }

  #copy(from: number, to: number, length: number): void {
    const { entries } = this
    for (let at = 0; at < length; at++) entries[to + at] = entries[from + at]!
  }

  #push(ofClass: number, block: number): void {
    this.entries[block] = this.#free[ofClass]!
    this.#free[ofClass] = block
    this.#unused += ROOMS[ofClass]!
  }

  #pop(ofClass: number): number | undefined {
    const block = this.#free[ofClass]!
    if (block === NO_BLOCK) return undefined
    this.#free[ofClass] = this.entries[block]!
    this.#unused -= ROOMS[ofClass]!
    return block
  }

  #take(room: number): number {
    if (this.#used + room > this.entries.length) this.#makeRoom(room)
    const block = this.#used
    this.#used += room
    return block
  }

  #makeRoom(room: number): void {
    if (this.#unused < UNUSED * this.#used) return this.#resize(this.#used + room)
    if (packing.length < this.#used) packing = new Int32Array(this.#used)
    packing.set(this.entries.subarray(0, this.#used))
    this.#free.fill(NO_BLOCK)
    this.#used -= this.#unused
    this.#unused = 0
    const needed = this.#used + room
    if (needed > this.entries.length || needed < this.entries.length / 2) this.#resize(needed)
    let used = 0
    for (let at = 0; at < this.#lists.length; at += 2) {
      const length = this.#lists[at + 1]!
      const from = this.#lists[at]!
      this.#lists[at] = used
      for (let place = 0; place < length; place++) this.entries[used + place] = packing[from + place]!
      used += ROOMS[CLASSES[length]!]!
    }
    return undefined
  }

  #resize(needed: number): void {
    const entries = new Int32Array(Math.ceil(needed * (1 + UNUSED)))
    entries.set(this.entries.subarray(0, Math.min(this.#used, entries.length)))
    this.entries = entries
  }
}
