import { HashCounts } from './hash-counts.ts'
import { type Packed, asTyped } from './packed.ts'

/** Windows that people are counted in, shortest first. */
export const COUNTER_WINDOWS_MS = [1_800_000, 3_600_000] as const
const LONGEST_MS = 3_600_000
/** Visits kept; beyond, the oldest leave early. */
const MAX_VISITS = 65_536
const LEAST_ROOM = 16
const LONGEST = COUNTER_WINDOWS_MS.length - 1

/** Distinct people in each of the counter windows, exactly; a look or a visit costs the same however many there are. */
export class PeopleWindow {
  /** Who visited and when, in order of time, from the longest window's head to `#end`. */
  #people = new Float64Array(LEAST_ROOM)
  #times = new Float64Array(LEAST_ROOM)
  #end = 0
  /** First visit inside each window. */
  #heads = COUNTER_WINDOWS_MS.map(() => 0)
  /** Visits of each person inside each window, and how many have any. */
  #visits = new HashCounts(COUNTER_WINDOWS_MS.length)
  #distinct = COUNTER_WINDOWS_MS.map(() => 0)

  /** Counts a visit; true where the person is new to the longest window. */
  add(person: number, at: number, now: number): boolean {
    this.advance(now)
    const fresh = this.#visits.get(person, LONGEST) === 0
    if (at <= now - LONGEST_MS) return fresh
    this.#makeRoom()
    let place = this.#end
    while (place > this.#heads[LONGEST]! && this.#times[place - 1]! > at) place--
    if (place < this.#end) {
      this.#people.copyWithin(place + 1, place, this.#end)
      this.#times.copyWithin(place + 1, place, this.#end)
    }
    this.#people[place] = person
    this.#times[place] = at
    this.#end++
    for (let window = 0; window < COUNTER_WINDOWS_MS.length; window++) {
      if (at <= now - COUNTER_WINDOWS_MS[window]!) this.#heads[window]!++
      else this.#count(window, person, 1)
    }
    if (this.#end - this.#heads[LONGEST]! > MAX_VISITS) this.#leave(LONGEST)
    return fresh
  }

  /** Distinct people in one of the windows. */
  observed(window: number, now: number): number {
    this.advance(now)
    return this.#distinct[window]!
  }

  /** Takes one visit out; true where it was in a window and the person now has none in the longest. */
  remove(person: number, at: number): boolean {
    for (let place = this.#end - 1; place >= this.#heads[LONGEST]!; place--) {
      if (this.#people[place] !== person || this.#times[place] !== at) continue
      this.#people.copyWithin(place, place + 1, this.#end)
      this.#times.copyWithin(place, place + 1, this.#end)
      this.#end--
      for (let window = 0; window < COUNTER_WINDOWS_MS.length; window++) {
        if (place < this.#heads[window]!) this.#heads[window]!--
        else this.#count(window, person, -1)
      }
      return this.#visits.get(person, LONGEST) === 0
    }
    return false
  }

  advance(now: number): void {
    for (let window = 0; window < COUNTER_WINDOWS_MS.length; window++) {
      const from = now - COUNTER_WINDOWS_MS[window]!
      while (this.#heads[window]! < this.#end && this.#times[this.#heads[window]!]! <= from) this.#leave(window)
    }
  }

  pack(): Packed {
    const first = this.#heads[LONGEST]!
    return {
      people: this.#people.slice(first, this.#end),
      times: this.#times.slice(first, this.#end),
      heads: this.#heads.map((head) => head - first),
    }
  }

  static unpack(packed: Packed): PeopleWindow {
    const { people, times, heads } = packed as Record<string, Packed>
    const made = new PeopleWindow()
    made.#people = asTyped(people, Float64Array).slice()
    made.#times = asTyped(times, Float64Array).slice()
    made.#end = made.#people.length
    made.#heads = heads as number[]
    made.#people.forEach((person, place) => {
      for (let window = 0; window < COUNTER_WINDOWS_MS.length; window++)
        if (place >= made.#heads[window]!) made.#count(window, person, 1)
    })
    return made
  }

  /** The oldest visit leaves a window; the longest cannot lose one that a shorter still has. */
  #leave(window: number): void {
    const place = this.#heads[window]!++
    this.#count(window, this.#people[place]!, -1)
    for (let shorter = 0; shorter < window; shorter++) if (this.#heads[shorter]! <= place) this.#leave(shorter)
  }

  #count(window: number, person: number, by: 1 | -1): void {
    const visits = this.#visits.change(person, by, window)
    if (visits === 0) this.#distinct[window]!--
    else if (by === 1 && visits === 1) this.#distinct[window]!++
  }

  /** Moves what is inside to the front; into larger arrays, or much smaller ones, where that fits better. */
  #makeRoom(): void {
    if (this.#end < this.#times.length) return
    const first = this.#heads[LONGEST]!
    const inside = this.#end - first
    const fits = Math.max(LEAST_ROOM, inside + (inside >> 1))
    const isFit = fits <= this.#times.length && fits * 2 > this.#times.length
    const moved = (column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
      const into = isFit ? column : new Float64Array(fits)
      into.set(column.subarray(first, this.#end))
      return into
    }
    this.#people = moved(this.#people)
    this.#times = moved(this.#times)
    this.#end = inside
    this.#heads = this.#heads.map((head) => head - first)
  }
}
