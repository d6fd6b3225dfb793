import { MINUTE_MS, type Mention } from '@outcry/contracts'
import type { Packed } from './packed.ts'

/** A mention's revision: an answer about an earlier text is no answer. */
type Revision = Pick<Mention, 'id' | 'rev'>

const keyOf = ({ id, rev }: Revision): string => `${id}|${rev}`
const NO_ANSWER = new Uint8Array(0)

/**
 * Which held mentions a model was asked about, and what it answered. Bounded by the budget: at most `perMinute` asks in a
 * minute of the brand's clock, and none outlives its mention's time in the hold.
 */
export class MeaningAsks {
  #waiting = new Map<string, Int8Array | undefined>()
  #minute = -1
  #asked = 0

  /** Whether to ask; counts it. */
  ask(mention: Revision, clock: number, perMinute: number): boolean {
    const minute = Math.floor(clock / MINUTE_MS)
    if (minute !== this.#minute) {
      this.#minute = minute
      this.#asked = 0
    }
    const key = keyOf(mention)
    if (this.#asked >= perMinute || this.#waiting.has(key)) return false
    this.#asked++
    this.#waiting.set(key, undefined)
    return true
  }

  /** False where nobody waits for it: the mention was taken or deleted meanwhile, or never asked about. */
  answer(mention: Revision, vector: Int8Array): boolean {
    const key = keyOf(mention)
    if (!this.#waiting.has(key)) return false
    this.#waiting.set(key, vector)
    return true
  }

  /** What was answered of a mention that leaves the hold. */
  take(mention: Revision): Int8Array | undefined {
    const key = keyOf(mention)
    const vector = this.#waiting.get(key)
    this.#waiting.delete(key)
    return vector
  }

  pack(): Packed {
    const waiting = [...this.#waiting].map(([key, vector]): Packed => [
      key,
      vector ? Uint8Array.from(vector) : NO_ANSWER,
    ])
    return { waiting, minute: this.#minute, asked: this.#asked }
  }

  static unpack(packed: Packed): MeaningAsks {
    const fields = packed as Record<string, Packed>
    const made = new MeaningAsks()
    made.#minute = fields.minute as number
    made.#asked = fields.asked as number
    for (const [key, bytes] of fields.waiting as [string, Uint8Array][])
      made.#waiting.set(key, bytes.length > 0 ? Int8Array.from(bytes) : undefined)
    return made
  }
}
