import { type Packed, asTyped } from './packed.ts'

/** Largest whole number a signed byte takes on both sides of zero. */
const MOST = 127

/** A direction as signed bytes, whatever its length; undefined where it points nowhere. */
export const asBytes = (direction: Float64Array): Int8Array | undefined => {
  const largest = direction.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return largest > 0 ? Int8Array.from(direction, (value) => Math.round((value / largest) * MOST)) : undefined
}

/** What makes a direction as long as one. */
export const scaleOf = (direction: ArrayLike<number>): number => {
  let squares = 0
  for (let at = 0; at < direction.length; at++) squares += direction[at]! ** 2
  return squares > 0 ? 1 / Math.sqrt(squares) : 0
}

/** Directions of one width in numbered slots, as signed bytes. */
export class DirectionRows {
  #width = 0
  #rows = new Int8Array(0)
  /** What makes a row as long as one; 0 where there is none. */
  #scales = new Float64Array(0)
  #cosines = new Float64Array(0)

  /** Slots that may have a row. */
  get end(): number {
    return this.#scales.length
  }

  has(slot: number): boolean {
    return (this.#scales[slot] ?? 0) > 0
  }

  /** Valid until the next `set`. */
  row(slot: number): Int8Array | undefined {
    return this.has(slot) ? this.#rows.subarray(slot * this.#width, (slot + 1) * this.#width) : undefined
  }

  set(slot: number, direction: Int8Array | undefined): void {
    if (!direction) {
      if (slot < this.#scales.length) this.#scales[slot] = 0
      return
    }
    this.#width = direction.length
    if (slot >= this.#scales.length) this.#grow(slot + 1)
    this.#rows.set(direction, slot * this.#width)
    this.#scales[slot] = scaleOf(direction)
  }

  /** The cosine of a direction with each slot, 0 where there is none; valid until the next call. */
  cosines(direction: ArrayLike<number>): Float64Array {
    const width = this.#width
    const rows = this.#rows
    const scale = scaleOf(direction)
    for (let slot = 0; slot < this.#scales.length; slot++) {
      const by = this.#scales[slot]! * scale
      let product = 0
      if (by > 0) for (let at = 0, base = slot * width; at < width; at++) product += rows[base + at]! * direction[at]!
      this.#cosines[slot] = product * by
    }
    return this.#cosines
  }

  /** Adds a slot's direction, `by` long, to a sum. */
  addTo(sum: Float64Array, slot: number, by: number): void {
    const scale = (this.#scales[slot] ?? 0) * by
    if (scale === 0) return
    for (let at = 0, base = slot * this.#width; at < this.#width; at++) sum[at]! += this.#rows[base + at]! * scale
  }

  pack(slots: readonly number[]): Packed {
    const width = this.#width
    const kept = slots.filter((slot) => this.has(slot))
    const rows = new Uint8Array(kept.length * width)
    kept.forEach((slot, order) => rows.set(this.row(slot)!, order * width))
    return { width, slots: Int32Array.from(kept), rows }
  }

  static unpack(packed: Packed): DirectionRows {
    const fields = packed as Record<string, Packed>
    const made = new DirectionRows()
    const width = fields.width as number
    const rows = Int8Array.from(asTyped(fields.rows, Uint8Array))
    asTyped(fields.slots, Int32Array).forEach((slot, order) =>
      made.set(slot, rows.subarray(order * width, (order + 1) * width)),
    )
    return made
  }

  #grow(least: number): void {
    const capacity = Math.max(least, this.#scales.length * 2, 64)
    const rows = new Int8Array(capacity * this.#width)
    rows.set(this.#rows)
    this.#rows = rows
    const scales = new Float64Array(capacity)
    scales.set(this.#scales)
    this.#scales = scales
    this.#cosines = new Float64Array(capacity)
  }
}
