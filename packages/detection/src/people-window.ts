import { type Packed, asTyped } from './packed.ts'

/** Windows that people are counted in, shortest first. */
export const COUNTER_WINDOWS_MS = [1_800_000, 3_600_000] as const
const LONGEST_MS = 3_600_000
/** Visits kept; beyond, the oldest leave early. */
const MAX_VISITS = 65_536
const COMPACT_AFTER = 1_024

/** Distinct people in each of the counter windows, exactly; a look or a visit costs the same however many there are. */
export class PeopleWindow {
  #people: number[] = []
  #times: number[] = []
  /** First visit inside each window. */
  #heads = COUNTER_WINDOWS_MS.map(() => 0)
  /** Visits of each person inside each window. */
  #visits = COUNTER_WINDOWS_MS.map(() => new Map<number, number>())

  /** Counts a visit; true where the person is new to the longest window. */
  add(person: number, at: number, now: number): boolean {
    this.advance(now)
    const fresh = !this.#visits.at(-1)!.has(person)
    if (at <= now - LONGEST_MS) return fresh
    let place = this.#times.length
    while (place > this.#heads.at(-1)! && this.#times[place - 1]! > at) place--
    if (place === this.#times.length) {
      this.#people.push(person)
      this.#times.push(at)
    } else {
      this.#people.splice(place, 0, person)
      this.#times.splice(place, 0, at)
    }
    for (let window = 0; window < COUNTER_WINDOWS_MS.length; window++) {
      if (at <= now - COUNTER_WINDOWS_MS[window]!) this.#heads[window]!++
      else count(this.#visits[window]!, person, 1)
    }
    if (this.#times.length - this.#heads.at(-1)! > MAX_VISITS) this.#leave(COUNTER_WINDOWS_MS.length - 1)
    return fresh
  }

  /** Distinct people in one of the windows. */
  observed(window: number, now: number): number {
    this.advance(now)
    return this.#visits[window]!.size
  }

  /** Takes one visit out; true where it was in a window and the person now has none in the longest. */
  remove(person: number, at: number): boolean {
    for (let place = this.#times.length - 1; place >= this.#heads.at(-1)!; place--) {
      if (this.#people[place] !== person || this.#times[place] !== at) continue
      this.#people.splice(place, 1)
      this.#times.splice(place, 1)
      for (let window = 0; window < COUNTER_WINDOWS_MS.length; window++) {
        if (place < this.#heads[window]!) this.#heads[window]!--
        else count(this.#visits[window]!, person, -1)
      }
      return !this.#visits.at(-1)!.has(person)
    }
    return false
  }

  advance(now: number): void {
    for (let window = 0; window < COUNTER_WINDOWS_MS.length; window++) {
      const from = now - COUNTER_WINDOWS_MS[window]!
      while (this.#heads[window]! < this.#times.length && this.#times[this.#heads[window]!]! <= from)
        this.#leave(window)
    }
    const gone = this.#heads.at(-1)!
    if (gone < COMPACT_AFTER || gone * 2 < this.#times.length) return
    this.#people.splice(0, gone)
    this.#times.splice(0, gone)
    this.#heads = this.#heads.map((head) => head - gone)
  }

  pack(): Packed {
    const first = this.#heads.at(-1)!
    return {
      people: Float64Array.from(this.#people.slice(first)),
      times: Float64Array.from(this.#times.slice(first)),
      heads: this.#heads.map((head) => head - first),
    }
  }

  static unpack(packed: Packed): PeopleWindow {
    const { people, times, heads } = packed as Record<string, Packed>
    const made = new PeopleWindow()
    made.#people = Array.from(asTyped(people, Float64Array))
    made.#times = Array.from(asTyped(times, Float64Array))
    made.#heads = heads as number[]
    made.#people.forEach((person, place) => {
      for (let window = 0; window < COUNTER_WINDOWS_MS.length; window++)
        if (place >= made.#heads[window]!) count(made.#visits[window]!, person, 1)
    })
    return made
  }

  /** The oldest visit leaves a window; the longest cannot lose one that a shorter still has. */
  #leave(window: number): void {
    const place = this.#heads[window]!++
    count(this.#visits[window]!, this.#people[place]!, -1)
    for (let shorter = 0; shorter < window; shorter++) if (this.#heads[shorter]! <= place) this.#leave(shorter)
  }
}

const count = (visits: Map<number, number>, person: number, by: 1 | -1): void => {
  const known = (visits.get(person) ?? 0) + by
  if (known > 0) visits.set(person, known)
  else visits.delete(person)
}
