import { hash53 } from './hash.ts'
import { HashSet } from './hash-set.ts'
import { type Packed, type Unpacked, asTyped } from './packed.ts'

const HOUR_MS = 3_600_000

/**
 * Remembers which events were seen, as 53-bit hashes in hourly buckets of event time. At `maxEntries` the oldest
 * bucket goes and the horizon rises: what is older than the horizon may only be counted as late, so that forgetting
 * can never count an event twice.
 */
export class EventMemory {
  #buckets = new Map<number, HashSet>()
  #entries = 0
  #horizon = 0

  get entries(): number {
    return this.#entries
  }

  /** Event time before which nothing is remembered. */
  get horizon(): number {
    return this.#horizon
  }

  /** True when an event that may not be remembered under its own time was seen. */
  has(event: string): boolean {
    const key = hash53(event)
    for (const bucket of this.#buckets.values()) if (bucket.has(key)) return true
    return false
  }

  /** True when the event was seen before; remembers it. */
  seen(event: string, at: number, maxEntries: number): boolean {
    const key = hash53(event)
    const hour = Math.floor(at / HOUR_MS)
    let bucket = this.#buckets.get(hour)
    bucket ??= this.#open(hour)
    if (!bucket.add(key)) return true
    this.#entries++
    while (this.#entries > maxEntries && this.#buckets.size > 1) this.#forgetOldest()
    return false
  }

  /** Forgets buckets that ended before the time. */
  expire(beforeMs: number): void {
    for (const hour of this.#buckets.keys()) {
      if ((hour + 1) * HOUR_MS <= beforeMs) this.#forget(hour)
    }
    this.#horizon = Math.max(this.#horizon, Math.floor(beforeMs / HOUR_MS) * HOUR_MS)
  }

  pack(): Unpacked {
    const hours = [...this.#buckets.keys()].sort((a, b) => a - b)
    return {
      horizon: this.#horizon,
      hours: Float64Array.from(hours),
      events: hours.map((hour) => () => this.#buckets.get(hour)!.sorted()),
    }
  }

  static unpack(packed: Packed): EventMemory {
    const { horizon, hours, events } = packed as Record<string, Packed>
    const made = new EventMemory()
    made.#horizon = horizon as number
    asTyped(hours, Float64Array).forEach((hour, at) => {
      const bucket = made.#open(hour)
      for (const event of asTyped((events as Packed[])[at], Float64Array)) bucket.add(event)
      made.#entries += bucket.size
    })
    return made
  }

  /** A new hour: what comes to the others from now on is little. */
  #open(hour: number): HashSet {
    for (const bucket of this.#buckets.values()) bucket.settle()
    const opened = new HashSet()
    this.#buckets.set(hour, opened)
    return opened
  }

  #forgetOldest(): void {
    let oldest = Infinity
    for (const hour of this.#buckets.keys()) oldest = Math.min(oldest, hour)
    this.#forget(oldest)
    this.#horizon = Math.max(this.#horizon, (oldest + 1) * HOUR_MS)
  }

  #forget(hour: number): void {
    this.#entries -= this.#buckets.get(hour)?.size ?? 0
    this.#buckets.delete(hour)
  }
}
