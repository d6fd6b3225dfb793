const SHARED_SLICE_CHARS = 13

/**
 * A memo with a bound: two generations of at most `limit` entries each. When the young one is full it becomes the old
 * one and the old one is dropped, so what is asked for again survives.
 */
export class GenerationalMemo<Value> {
  readonly #limit: number
  readonly #make: (key: string) => Value
  #young = new Map<string, Value>()
  #old = new Map<string, Value>()

  constructor(limit: number, make: (key: string) => Value) {
    this.#limit = limit
    this.#make = make
  }

  get(key: string): Value {
    return this.#young.get(key) ?? this.#renew(key)
  }

  get size(): number {
    return this.#young.size + this.#old.size
  }

  #renew(key: string): Value {
    // V8 keeps the whole text alive behind a longer slice of it: what is remembered must be a copy.
    const own = key.length < SHARED_SLICE_CHARS ? key : key.split('').join('')
    const value = this.#old.get(key) ?? this.#make(own)
    if (this.#young.size >= this.#limit) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(own, value)
    return value
  }
}
