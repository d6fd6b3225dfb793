import { Counter } from './counter.ts'
import { type Forecast, type Past, UNKNOWN_HOUR, bustleOf, forecast, hourRate, usualOf } from './counter-forecast.ts'
import { HOUR_MS } from './hourly-rate.ts'
import { NEAR_TIMES } from './near-burst.ts'
import type { Packed } from './packed.ts'
import { COUNTER_WINDOWS_MS } from './people-window.ts'
import { overdispersedTail, poissonTail } from './poisson.ts'
import type { Post } from './post.ts'

/** Counts every complaint, whatever it is about. */
export const ANY_TYPE = 'any'
/** Counts everybody who wrote, complaining or not. */
const EVERYBODY = ''

/** When a counter bursts. `lenience` is in units of the setting: types are asked about far less often than texts. */
type Rule = {
  leastPeople: number
  leastRatio: number
  lenience: number
  /** With so many people the odds may be these, where the forecast is better than of an hour that was never seen. */
  crowd: { people: number; lenience: number }
  damping: number
}

const OF_A_TYPE: Rule = {
  leastPeople: 6,
  leastRatio: 2.5,
  lenience: 100,
  crowd: { people: 8, lenience: 1_000 },
  damping: 1,
}
/**
 * Everything together is vague, so more is asked. The bustle of others is taken off by half only: what makes many
 * complain makes others talk.
 */
const OF_ANY_TYPE: Rule = {
  leastPeople: 12,
  leastRatio: 2.5,
  lenience: 10,
  crowd: { people: 12, lenience: 10 },
  damping: 0.5,
}
/** A longer window that fades is over: the last half hour must have this share of its people. */
const FRESH = 1 / 3
const DAY_HOURS = 24
/** A burst does not teach the baseline that it is normal; what lasts longer is normal. */
const UNLEARNED_MS = 3 * HOUR_MS
const BURST_LASTS_MS = COUNTER_WINDOWS_MS[0]
/** A burst that goes on is told again after a minute, or as soon as it grew by a quarter. */
const TOLD_AGAIN_MS = 60_000
const TOLD_AGAIN_GROWTH = 1.25

export type TypeBurst = {
  type: string
  windowMs: number
  observed: number
  expected: number
  relativeVariance: number
  tailProbability: number
  /** False where it only came near. */
  opens: boolean
}

/** Distinct complaining people of each issue type in sliding windows, against what their own hour makes us expect. */
export class TypeCounters {
  #past: Past = { watchedFrom: Infinity, everybody: new Counter(), complaining: new Counter(), version: 0 }
  #counters = new Map<string, Counter>([[ANY_TYPE, this.#past.complaining]])
  /** Last hour whose forecast was compared with what came. */
  #learnedHour = 0

  /** Tells the baseline that the brand was watched at that time. */
  watch(at: number): void {
    if (at >= this.#past.watchedFrom) return
    this.#past.watchedFrom = at
    this.#past.version++
  }

  get watchedFrom(): number {
    return this.#past.watchedFrom
  }

  /** Counts who wrote, and if it is a complaint what it is about; what bursts the baseline is not fed with. */
  add(post: Post, complains: boolean, now: number): void {
    this.#learn(Math.floor(now / HOUR_MS))
    this.#count(this.#past.everybody, post, now)
    if (!complains) return
    this.#count(this.#past.complaining, post, now)
    for (const type of post.types) this.#count(this.#counter(type), post, now)
  }

  /** Takes a removed post out of the windows. */
  remove(post: Post, complains: boolean): void {
    for (const type of complains ? [EVERYBODY, ANY_TYPE, ...post.types] : [EVERYBODY]) {
      const counter = type === EVERYBODY ? this.#past.everybody : this.#counters.get(type)
      if (!counter?.people.remove(post.person, post.at)) continue
      counter.visits.add(post.at, -1)
      counter.visited = Math.max(0, counter.visited - 1)
      this.#past.version++
    }
  }

  /** Those of the types that burst now, or come near to it, and were not told just before. */
  bursts(types: readonly string[], now: number, falseAlarmProbability: number): TypeBurst[] {
    const bursts: TypeBurst[] = []
    for (const type of types) {
      const counter = this.#counters.get(type)
      const burst = counter && this.#burst(type, counter, now, falseAlarmProbability)
      if (!burst) continue
      if (!burst.opens) {
        bursts.push(burst)
        continue
      }
      if (now >= counter.burstUntil) this.#begin(counter, burst, now)
      counter.burstUntil = now + BURST_LASTS_MS
      if (now < counter.toldAt + TOLD_AGAIN_MS && burst.observed < counter.toldPeople * TOLD_AGAIN_GROWTH) continue
      counter.toldAt = now
      counter.toldPeople = burst.observed
      bursts.push(burst)
    }
    return bursts
  }

  /** People expected in an hour, of a type or of all complaints. */
  expectedPerHour(type: string, now: number): number {
    const counter = this.#counters.get(type)
    return counter ? (forecast(counter, this.#past, COUNTER_WINDOWS_MS.length - 1, now, 0)?.expected ?? 0) : 0
  }

  pack(): Packed {
    return {
      watchedFrom: this.#past.watchedFrom,
      learnedHour: this.#learnedHour,
      everybody: this.#past.everybody.pack(),
      counters: [...this.#counters].map(([type, counter]) => [type, counter.pack()]),
    }
  }

  static unpack(packed: Packed): TypeCounters {
    const { watchedFrom, learnedHour, everybody, counters } = packed as Record<string, Packed>
    const made = new TypeCounters()
    for (const [type, counter] of counters as Packed[][]) made.#counters.set(type as string, Counter.unpack(counter!))
    made.#past = {
      watchedFrom: watchedFrom as number,
      everybody: Counter.unpack(everybody!),
      complaining: made.#counter(ANY_TYPE),
      version: 0,
    }
    made.#learnedHour = learnedHour as number
    return made
  }

  /** The stronger of the windows that burst. */
  #burst(type: string, counter: Counter, now: number, falseAlarmProbability: number): TypeBurst | undefined {
    const { leastPeople, damping } = ruleOf(type)
    let best: TypeBurst | undefined
    for (let window = 0; window < COUNTER_WINDOWS_MS.length; window++) {
      const observed = counter.people.observed(window, now)
      if (observed < leastPeople) continue
      if (window > 0 && counter.people.observed(0, now) < FRESH * observed) continue
      const forecasted = forecast(counter, this.#past, window, now, damping)
      if (!forecasted) continue
      const judged = judge(type, observed, forecasted, falseAlarmProbability)
      if (!judged || (best && best.tailProbability <= judged.tailProbability)) continue
      best = { type, windowMs: COUNTER_WINDOWS_MS[window]!, observed, ...forecasted, ...judged }
    }
    return best
  }

  #count(counter: Counter, post: Post, now: number): void {
    if (!counter.people.add(post.person, post.at, now)) return
    const { everybody, complaining } = this.#past
    const hour = Math.floor(post.at / HOUR_MS)
    const unlearned = isUnlearned(counter, now) || (counter !== everybody && isUnlearned(complaining, now))
    if (unlearned && counter.visits.at(hour) >= usualOf(counter, this.#past, hour, now)) return
    counter.visits.add(post.at)
    counter.visited++
    if (hour < Math.floor(now / HOUR_MS)) this.#past.version++
  }

  /**
   * What made the burst is no habit either: its first hours are taken back to the usual. Those of each type as well, where
   * all types burst together.
   */
  #begin(counter: Counter, { observed, expected }: TypeBurst, now: number): void {
    const hour = Math.floor(now / HOUR_MS)
    const taken = counter === this.#past.complaining ? this.#counters.values() : [counter]
    for (const each of taken) {
      for (const first of [hour - 1, hour]) each.visits.limit(first, usualOf(each, this.#past, first, now))
    }
    counter.visitedBefore = Math.max(0, counter.visited - observed)
    counter.visited = Math.max(0, counter.visited - Math.round(observed - expected))
    counter.burstFrom = now
    this.#past.version++
  }

  /** Compares what full hours brought with what was expected before them, once a day is known. */
  #learn(hour: number): void {
    if (hour <= this.#learnedHour + 1) return
    const first = Math.ceil(this.#past.watchedFrom / HOUR_MS) + DAY_HOURS
    for (let done = Math.max(this.#learnedHour + 1, hour - DAY_HOURS, first); done < hour; done++) {
      const { everybody, complaining } = this.#past
      const all = hourRate(everybody, this.#past, done).perHour
      const others = everybody.visits.at(done) - complaining.visits.at(done)
      const usual = all - hourRate(complaining, this.#past, done).perHour
      everybody.wander.learn(everybody.visits.at(done), all)
      for (const [type, counter] of this.#counters) {
        const own = hourRate(counter, this.#past, done).perHour
        const seen = counter.visits.at(done)
        const bustle = bustleOf(others, usual, ruleOf(type).damping)
        if (Math.max(counter.burstUntil, complaining.burstUntil) <= done * HOUR_MS)
          counter.wander.learn(seen, own * bustle * counter.level.factor)
        counter.level.learn(seen, own * bustle)
      }
    }
    this.#learnedHour = hour - 1
  }

  #counter(type: string): Counter {
    let counter = this.#counters.get(type)
    if (!counter) this.#counters.set(type, (counter = new Counter()))
    return counter
  }
}

/** A burst that lasts longer than this is learned after all. */
const isUnlearned = ({ burstFrom, burstUntil }: Counter, now: number): boolean =>
  now < burstUntil && now < burstFrom + UNLEARNED_MS

/** Tail probability below which so many people of a type open an issue. */
export const counterLimit = (
  type: string,
  { observed, relativeVariance = 0 }: { observed: number; relativeVariance?: number | undefined },
  falseAlarmProbability: number,
): number => {
  const { lenience, crowd } = ruleOf(type)
  const isCrowd = observed >= crowd.people && relativeVariance < UNKNOWN_HOUR
  return falseAlarmProbability * (isCrowd ? crowd.lenience : lenience)
}

/** The odds that chance alone brings so many people of a type; undefined where that is not even near a burst. */
export const judge = (
  type: string,
  observed: number,
  { expected, relativeVariance }: Forecast,
  falseAlarmProbability: number,
): { tailProbability: number; opens: boolean } | undefined => {
  const { leastPeople, leastRatio, lenience } = ruleOf(type)
  if (observed < leastPeople || observed < leastRatio * expected) return undefined
  const tailProbability =
    relativeVariance > 0 ? overdispersedTail(observed, expected, 1 / relativeVariance) : poissonTail(observed, expected)
  if (tailProbability >= falseAlarmProbability * lenience * NEAR_TIMES) return undefined
  return {
    tailProbability,
    opens: tailProbability < counterLimit(type, { observed, relativeVariance }, falseAlarmProbability),
  }
}

const ruleOf = (type: string): Rule => (type === ANY_TYPE ? OF_ANY_TYPE : OF_A_TYPE)
