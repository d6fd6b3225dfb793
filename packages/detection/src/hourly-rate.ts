import { type Packed, asTyped } from './packed.ts'

const HOUR_MS = 3_600_000
const HOURS_KEPT = 336
const HOURS_A_DAY = 24
const DAYS_TO_TRIM = 4
/** Hours of the recent rate that the same hour of other days is shrunk with. */
const SHRINKAGE_HOURS = 2

/** Counts by hour over two weeks, and what they make us expect of an hour of the day. */
export class HourlyRate {
  #counts = new Float64Array(HOURS_KEPT)
  #newest = -1

  add(at: number, count = 1): void {
    const hour = Math.floor(at / HOUR_MS)
    if (this.#newest < 0) this.#newest = hour
    for (; this.#newest < hour; this.#newest++) this.#counts[(this.#newest + 1) % HOURS_KEPT] = 0
    if (hour <= this.#newest - HOURS_KEPT) return
    this.#counts[hour % HOURS_KEPT] = Math.max(0, this.at(hour) + count)
  }

  /** Count of one hour since 1970. */
  at(hour: number): number {
    return hour <= this.#newest && hour > this.#newest - HOURS_KEPT ? this.#counts[hour % HOURS_KEPT]! : 0
  }

  /** Sum and hours of the full hours in [from, to) that were watched. */
  between(from: number, to: number, watchedFrom: number): { count: number; hours: number } {
    let count = 0
    let hours = 0
    for (let hour = Math.max(from, watchedFrom, this.#newest - HOURS_KEPT + 1); hour < to; hour++) {
      count += this.at(hour)
      hours++
    }
    return { count, hours }
  }

  /**
   * The same hour of earlier days, its neighbours at half weight. From four days on the largest is left out: an old
   * burst must not hide a new one.
   */
  sameHour(hour: number, watchedFrom: number): { count: number; hours: number } {
    let count = 0
    let hours = 0
    let largest = 0
    let days = 0
    for (let day = HOURS_A_DAY; day < HOURS_KEPT; day += HOURS_A_DAY) {
      let dayCount = 0
      let dayHours = 0
      for (const shift of [-1, 0, 1]) {
        const other = hour - day + shift
        if (other < watchedFrom || other >= hour) continue
        const weight = shift === 0 ? 1 : 0.5
        dayCount += weight * this.at(other)
        dayHours += weight
      }
      count += dayCount
      hours += dayHours
      if (dayHours < 2) continue
      days++
      largest = Math.max(largest, dayCount)
    }
    return days < DAYS_TO_TRIM ? { count, hours } : { count: count - largest, hours: hours - 2 }
  }

  /** Expected count of an hour: the same hour of other days, shrunk to `prior` a hour. */
  expected(hour: number, watchedFrom: number, prior: number): number {
    const same = this.sameHour(hour, watchedFrom)
    return (same.count + SHRINKAGE_HOURS * prior) / (same.hours + SHRINKAGE_HOURS)
  }

  pack(): Packed {
    return { counts: this.#counts, newest: this.#newest }
  }

  static unpack(packed: Packed): HourlyRate {
    const { counts, newest } = packed as Record<string, Packed>
    const made = new HourlyRate()
    made.#counts = asTyped(counts, Float64Array).slice()
    made.#newest = newest as number
    return made
  }
}
