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
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const value = this.#old.get(key) ?? this.#make(key)
    if (this.#young.size >= this.#limit) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, value)
    return value
  }

  get size(): number {
    return this.#young.size + this.#old.size
  }
}
