import { type Packed, asTyped } from './packed.ts'

export const HOUR_MS = 3_600_000
const HOURS_KEPT = 672
const HOURS_A_DAY = 24
const HOURS_A_WEEK = 168
/** Share of the days that count no more than the next: an old burst must not hide a new one. Twice on a weekday is none. */
const TRIMMED = 0.25
/** Weight of the hours beside the same one, and of other weekdays beside the same. */
const NEIGHBOUR = 0.5
const OTHER_WEEKDAY = 0.6
/** Hours of the recent rate that the same hour of other days is shrunk with. */
const SHRINKAGE_HOURS = 4

/** A rate an hour, and how many people it was learned from. */
export type Rate = { perHour: number; people: number }

/** Counts by hour over four weeks, and what they make us expect of an hour of the day and week. */
export class HourlyRate {
  #counts = new Float32Array(HOURS_KEPT)
  #newest = -1

  add(at: number, count = 1): void {
    const hour = Math.floor(at / HOUR_MS)
    if (this.#newest < 0) this.#newest = hour
    if (hour - this.#newest >= HOURS_KEPT) {
      this.#counts.fill(0)
      this.#newest = hour
    }
    for (; this.#newest < hour; this.#newest++) this.#counts[(this.#newest + 1) % HOURS_KEPT] = 0
    if (hour <= this.#newest - HOURS_KEPT) return
    this.#counts[hour % HOURS_KEPT] = Math.max(0, this.at(hour) + count)
  }

  /** Count of one hour since 1970. */
  at(hour: number): number {
    return hour <= this.#newest && hour > this.#newest - HOURS_KEPT ? this.#counts[hour % HOURS_KEPT]! : 0
  }

  /** What was beyond `most` in an hour was no habit. */
  limit(hour: number, most: number): void {
    if (this.at(hour) > most) this.#counts[hour % HOURS_KEPT] = most
  }

  /** Sum of the hours in [from, to). */
  between(from: number, to: number): number {
    let count = 0
    for (let hour = Math.max(from, this.#newest - HOURS_KEPT + 1); hour < to; hour++) count += this.at(hour)
    return count
  }

  /** Expected of an hour: the same hour of other days, the same weekday before others, shrunk to `prior` an hour. */
  expected(hour: number, watchedFrom: number, prior: number): Rate {
    let hours = 0
    const days: { count: number; sameWeekday: boolean }[] = []
    for (let back = HOURS_A_DAY; back < HOURS_KEPT; back += HOURS_A_DAY) {
      if (hour - back + 1 < watchedFrom) break
      const sameWeekday = back % HOURS_A_WEEK === 0
      let count = 0
      for (let shift = -1; shift <= 1; shift++) {
        const other = hour - back + shift
        if (other < watchedFrom || other >= hour) continue
        const near = shift === 0 ? 1 : NEIGHBOUR
        count += near * this.at(other)
        hours += near * (sameWeekday ? 1 : OTHER_WEEKDAY)
      }
      days.push({ count, sameWeekday })
    }
    const counts = days.map(({ count }) => count).sort((x, y) => y - x)
    const most = counts[Math.floor(counts.length * TRIMMED)] ?? 0
    const weekday = days.flatMap((day) => (day.sameWeekday ? [day.count] : [])).sort((x, y) => y - x)
    const mostOfWeekday = Math.max(most, weekday[1] ?? 0)
    let count = 0
    for (const day of days)
      count += day.sameWeekday ? Math.min(day.count, mostOfWeekday) : OTHER_WEEKDAY * Math.min(day.count, most)
    const people = count + SHRINKAGE_HOURS * prior
    return { perHour: people / (hours + SHRINKAGE_HOURS), people }
  }

  pack(): Packed {
    return { counts: this.#counts, newest: this.#newest }
  }

  static unpack(packed: Packed): HourlyRate {
    const { counts, newest } = packed as Record<string, Packed>
    const made = new HourlyRate()
    made.#counts = asTyped(counts, Float32Array).slice()
    made.#newest = newest as number
    return made
  }
}
