import { type Packed, asTyped } from './packed.ts'

/** Numbers slots from 0 on, those that were given back first. */
export class FreeSlots {
  #free: number[] = []
  #end = 0

  /** All slots lie below. */
  get end(): number {
    return this.#end
  }

  take(): number {
    return this.#free.pop() ?? this.#end++
  }

  give(slot: number): void {
    this.#free.push(slot)
  }

  pack(): Packed {
    return { free: Int32Array.from(this.#free), end: this.#end }
  }

  static unpack(packed: Packed): FreeSlots {
    const { free, end } = packed as Record<string, Packed>
    const made = new FreeSlots()
    made.#free = Array.from(asTyped(free, Int32Array))
    made.#end = end as number
    return made
  }
}
