import { HourlyRate } from './hourly-rate.ts'
import { NEAR_TIMES } from './near-burst.ts'
import { type Packed, asTyped } from './packed.ts'
import { overdispersedTail } from './poisson.ts'
import type { Post } from './post.ts'

export const COUNTER_WINDOW_MS = 1_800_000
/** Counts every complaint, whatever it is about. */
export const ANY_TYPE = 'any'

const HOUR_MS = 3_600_000
const MAX_PEOPLE = 20_000
const LEAST_EXPECTED = 0.3
/** Shape of the negative binomial: how much the rate of a type wanders beside what the hour explains. */
const SHAPE = 12
/** All complaints together wander more: a launch or a busy evening moves every type at once. */
const SHAPE_ANY = 6
/** A type is asked about far less often than a neighbourhood, so chance has fewer tries. */
const LENIENCE = 10
const LEAST_RATIO = 3
const LEAST_PEOPLE = 6
const LEAST_PEOPLE_ANY = 10
const WARM_UP_HOURS = 6
/** Until a whole day is known, the hour may be busier than the known ones by up to this much more. */
const COLD_START_EXTRA = 1.5
const HOURS_A_DAY = 24

/** `opens` is false where it only came near. */
export type TypeBurst = { type: string; observed: number; expected: number; tailProbability: number; opens: boolean }

type Counter = { people: Map<number, number>; visits: HourlyRate; burstFrom: number; burstUntil: number }

/** A burst does not teach the baseline that it is normal; what lasts longer is normal. */
const UNLEARNED_MS = 3 * HOUR_MS

const leastOf = (type: string): number => (type === ANY_TYPE ? LEAST_PEOPLE_ANY : LEAST_PEOPLE)
const tailOf = (type: string, observed: number, expected: number): number =>
  overdispersedTail(observed, expected, type === ANY_TYPE ? SHAPE_ANY : SHAPE)
/** Tail probability below which a type opens an issue. */
export const counterLimit = (type: string, falseAlarmProbability: number): number =>
  falseAlarmProbability * (type === ANY_TYPE ? 1 : LENIENCE)

/** Whether so many people of a type open an issue where so many are expected. */
export const counterOpens = (
  type: string,
  observed: number,
  expected: number,
  falseAlarmProbability: number,
): boolean =>
  observed >= leastOf(type) &&
  observed >= LEAST_RATIO * expected &&
  tailOf(type, observed, expected) < counterLimit(type, falseAlarmProbability)

/** Distinct complaining people of each issue type in half an hour, against their own hour of the day. */
export class TypeCounters {
  #counters = new Map<string, Counter>()
  #watchedFrom = Infinity

  /** Tells the baseline that the brand was watched at that time. */
  watch(at: number): void {
    this.#watchedFrom = Math.min(this.#watchedFrom, at)
  }

  get watchedFrom(): number {
    return this.#watchedFrom
  }

  /** Counts a complaint; what burst the baseline is not fed with. */
  add(post: Post, now: number): void {
    for (const type of [ANY_TYPE, ...post.types]) {
      const counter = this.#counter(type)
      this.#expire(counter, now)
      const known = counter.people.get(post.person)
      if (post.at > now - COUNTER_WINDOW_MS) {
        counter.people.delete(post.person)
        counter.people.set(post.person, Math.max(known ?? 0, post.at))
        if (counter.people.size > MAX_PEOPLE) counter.people.delete(counter.people.keys().next().value!)
      }
      if (known !== undefined) continue
      if (now < counter.burstUntil && now < counter.burstFrom + UNLEARNED_MS) continue
      counter.visits.add(post.at)
    }
  }

  /** Takes a removed complaint out of the windows. */
  remove(post: Post): void {
    for (const type of [ANY_TYPE, ...post.types]) {
      const counter = this.#counters.get(type)
      if (!counter || counter.people.get(post.person) !== post.at) continue
      counter.people.delete(post.person)
      counter.visits.add(post.at, -1)
    }
  }

  /** Those of the types that burst now, or come near to it. */
  bursts(types: readonly string[], now: number, falseAlarmProbability: number): TypeBurst[] {
    if (now - this.#watchedFrom < WARM_UP_HOURS * HOUR_MS) return []
    const bursts: TypeBurst[] = []
    for (const type of types) {
      const counter = this.#counters.get(type)
      if (!counter) continue
      this.#expire(counter, now)
      const observed = counter.people.size
      if (observed < leastOf(type)) continue
      const expected = this.expected(type, now)
      if (observed < LEAST_RATIO * expected) continue
      const tailProbability = tailOf(type, observed, expected)
      const limit = counterLimit(type, falseAlarmProbability)
      if (tailProbability >= limit * NEAR_TIMES) continue
      const opens = tailProbability < limit
      if (opens) {
        if (now >= counter.burstUntil) counter.burstFrom = now
        counter.burstUntil = now + COUNTER_WINDOW_MS
      }
      bursts.push({ type, observed, expected, tailProbability, opens })
    }
    return bursts
  }

  observed(type: string, now: number): number {
    const counter = this.#counters.get(type)
    if (!counter) return 0
    this.#expire(counter, now)
    return counter.people.size
  }

  /** People expected in half an hour: the hour of the day of all complaints times the type's share, and its own past. */
  expected(type: string, now: number): number {
    const hour = Math.floor(now / HOUR_MS)
    const from = Math.ceil(this.#watchedFrom / HOUR_MS)
    const all = this.#counter(ANY_TYPE).visits
    const recentAll = all.between(hour - 24, hour, from)
    const rateAll = all.expected(hour, from, (recentAll.count + 1) / (recentAll.hours + 1))
    const known = Math.min(1, (now - this.#watchedFrom) / (HOURS_A_DAY * HOUR_MS))
    const cold = 1 + COLD_START_EXTRA * (1 - known)
    if (type === ANY_TYPE) return Math.max(LEAST_EXPECTED, (rateAll * cold) / 2)
    const { visits } = this.#counter(type)
    const pastAll = all.between(hour - 72, hour, from)
    const past = visits.between(hour - 72, hour, from)
    const share = (past.count + 0.5) / (pastAll.count + 10)
    const rate = visits.expected(hour, from, share * rateAll)
    return Math.max(LEAST_EXPECTED, (rate * cold) / 2)
  }

  pack(): Packed {
    return {
      watchedFrom: this.#watchedFrom,
      counters: [...this.#counters].map(([type, { people, visits, burstFrom, burstUntil }]) => [
        type,
        Float64Array.from([...people].flat()),
        visits.pack(),
        burstFrom,
        burstUntil,
      ]),
    }
  }

  static unpack(packed: Packed): TypeCounters {
    const { watchedFrom, counters } = packed as Record<string, Packed>
    const made = new TypeCounters()
    made.#watchedFrom = watchedFrom as number
    for (const [type, pairs, visits, burstFrom, burstUntil] of counters as Packed[][]) {
      const people = new Map<number, number>()
      const flat = asTyped(pairs, Float64Array)
      for (let at = 0; at < flat.length; at += 2) people.set(flat[at]!, flat[at + 1]!)
      made.#counters.set(type as string, {
        people,
        visits: HourlyRate.unpack(visits!),
        burstFrom: burstFrom as number,
        burstUntil: burstUntil as number,
      })
    }
    return made
  }

  #counter(type: string): Counter {
    let counter = this.#counters.get(type)
    if (!counter)
      this.#counters.set(type, (counter = { people: new Map(), visits: new HourlyRate(), burstFrom: 0, burstUntil: 0 }))
    return counter
  }

  #expire(counter: Counter, now: number): void {
    for (const [person, at] of counter.people) {
      if (at > now - COUNTER_WINDOW_MS) break
      counter.people.delete(person)
    }
  }
}
