/** Rows get room in whole blocks of so many entries. */
const BLOCK = 32
const SMALLEST = 64
/** Share of the room that lies unused from which all rows are moved together. */
const UNUSED = 1 / 8

/** Moves entries of all arrays to a lower place. */
export type Move = (to: number, from: number, end: number) => void

/**
 * Where rows of different lengths lie in arrays that they share: each in as few blocks as hold it, side by side. What is
 * given back goes to the next row of as many blocks; where too much lies unused, all rows are moved together.
 */
export class RowBlocks {
  readonly #move: Move
  #starts = new Int32Array(SMALLEST)
  /** Blocks of each row; 0 where it has no place. */
  #blocks = new Uint8Array(SMALLEST)
  #free: number[][] = []
  #unused = 0
  #end = 0

  constructor(move: Move) {
    this.#move = move
  }

  /** All rows lie below. */
  get end(): number {
    return this.#end
  }

  /** Valid while the row has a place, until another is taken. */
  start(row: number): number {
    return this.#starts[row]!
  }

  /** Whether so many entries fit where the row lies. */
  fits(row: number, size: number): boolean {
    return size <= (this.#blocks[row] ?? 0) * BLOCK
  }

  /** Gives a row that has no place one for `size` entries, at least 1; gives its start. */
  take(row: number, size: number): number {
    if (row >= this.#starts.length) this.#grow(row + 1)
    const blocks = Math.ceil(size / BLOCK)
    let start = this.#free[blocks]?.pop()
    if (start === undefined) {
      if (this.#unused > UNUSED * this.#end) this.#together()
      start = this.#end
      this.#end += blocks * BLOCK
    } else this.#unused -= blocks * BLOCK
    this.#blocks[row] = blocks
    this.#starts[row] = start
    return start
  }

  give(row: number): void {
    const blocks = this.#blocks[row] ?? 0
    if (blocks === 0) return
    ;(this.#free[blocks] ??= []).push(this.#starts[row]!)
    this.#unused += blocks * BLOCK
    this.#blocks[row] = 0
  }

  #together(): void {
    const rows: number[] = []
    for (let row = 0; row < this.#blocks.length; row++) if (this.#blocks[row]! > 0) rows.push(row)
    rows.sort((a, b) => this.#starts[a]! - this.#starts[b]!)
    this.#end = 0
    for (const row of rows) {
      const start = this.#starts[row]!
      const room = this.#blocks[row]! * BLOCK
      if (start !== this.#end) this.#move(this.#end, start, start + room)
      this.#starts[row] = this.#end
      this.#end += room
    }
    this.#free = []
    this.#unused = 0
  }

  #grow(least: number): void {
    const rows = Math.max(least, roomFor(this.#starts.length))
    const starts = new Int32Array(rows)
    starts.set(this.#starts)
    this.#starts = starts
    const blocks = new Uint8Array(rows)
    blocks.set(this.#blocks)
    this.#blocks = blocks
  }
}

/** Room for at least so many entries, and an eighth more, so that growing is rare. */
export const roomFor = (entries: number): number => entries + (entries >> 3)
