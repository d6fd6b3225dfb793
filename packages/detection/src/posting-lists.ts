/** A list is one whole number: its place in the higher bits, its length in the lower. */
const LENGTH_BITS = 13
/** Most entries of one list, and most places in all. */
export const MAX_LIST = (1 << LENGTH_BITS) - 1
const MAX_PLACES = 2 ** (32 - LENGTH_BITS)
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
 * arithmetic. For the same reason a list's place and its length are one number too.
 */
export class PostingLists {
  readonly #lists: Uint32Array
  /** By class the first free block; its first place holds the next. */
  readonly #free = new Int32Array(ROOMS.length).fill(NO_BLOCK)
  #used = 0
  #unused = 0
  entries: Int32Array = new Int32Array(SMALLEST)

  constructor(features: number) {
    this.#lists = new Uint32Array(features)
  }

  /** Place of a feature's first entry. */
  start(feature: number): number {
    return this.#lists[feature]! >>> LENGTH_BITS
  }

  /** Place after a feature's last entry. */
  end(feature: number): number {
    const list = this.#lists[feature]!
    return (list >>> LENGTH_BITS) + (list & MAX_LIST)
  }

  /** Adds an entry to a list of fewer than `MAX_LIST`; gives its offset in the feature's list. */
  add(feature: number, entry: number): number {
    const offset = this.#lists[feature]! & MAX_LIST
    const own = CLASSES[offset]!
    if (offset === ROOMS[own]) this.#enlarge(feature, offset, own)
    this.entries[this.start(feature) + offset] = entry
    this.#lists[feature]!++
    return offset
  }

  /** Removes the entry at an offset of the feature's list; true where another took its place. */
  remove(feature: number, offset: number): boolean {
    const base = this.start(feature)
    const last = --this.#lists[feature]! & MAX_LIST
    if (offset !== last) this.entries[base + offset] = this.entries[base + last]!
    if (last === ROOMS[CLASSES[last]!]) this.#reduce(feature, last)
    return offset !== last
  }

  #enlarge(feature: number, length: number, own: number): void {
    const to = this.#pop(own + 1) ?? this.#take(ROOMS[own + 1]!)
    // Taking may have packed everything anew: this list lies elsewhere then.
    const from = this.start(feature)
    this.#copy(from, to, length)
    if (own > 0) this.#push(own, from)
    this.#place(feature, to, length)
  }

  /** Moves a list that fits a smaller block, or gives back the rest of its own. */
  #reduce(feature: number, length: number): void {
    const from = this.start(feature)
    const fits = CLASSES[length]!
    if (fits === 0) return this.#push(1, from)
    const to = this.#pop(fits)
    // Between two classes lies room of a class too.
    if (to === undefined) return this.#push(CLASSES[ROOMS[fits + 1]! - ROOMS[fits]!]!, from + length)
    this.#copy(from, to, length)
    this.#push(fits + 1, from)
    return this.#place(feature, to, length)
  }

  #place(feature: number, at: number, length: number): void {
    this.#lists[feature] = (at << LENGTH_BITS) | length
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
    for (let feature = 0; feature < this.#lists.length; feature++) {
      const from = this.start(feature)
      const length = this.#lists[feature]! & MAX_LIST
      this.#place(feature, used, length)
      for (let place = 0; place < length; place++) this.entries[used + place] = packing[from + place]!
      used += ROOMS[CLASSES[length]!]!
    }
    return undefined
  }

  #resize(needed: number): void {
    if (needed > MAX_PLACES) throw new RangeError(`posting lists have at most ${MAX_PLACES} places`)
    const entries = new Int32Array(Math.min(MAX_PLACES, Math.ceil(needed * (1 + UNUSED))))
    entries.set(this.entries.subarray(0, Math.min(this.#used, entries.length)))
    this.entries = entries
  }
}
