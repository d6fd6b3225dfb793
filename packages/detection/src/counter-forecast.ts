import type { Counter } from './counter.ts'
import { HOUR_MS, type Rate } from './hourly-rate.ts'
import { COUNTER_WINDOWS_MS } from './people-window.ts'

const DAY_MS = 86_400_000
const DAY_HOURS = 24
const SHARE_HOURS = 72
const LONGEST_WINDOW_MS = Math.max(...COUNTER_WINDOWS_MS)
/** Before a window there must be this much to compare it with. */
const LEAST_BEFORE_MS = 300_000
/** From its first mention on a brand learns so long before any counter judges. */
export const LEARNS_FOR_MS: number = Math.min(...COUNTER_WINDOWS_MS) + LEAST_BEFORE_MS
/** Fewest people expected an hour: below, a handful of unlike posts would be a burst. */
const LEAST_PER_HOUR = 0.6
/** People of the others that are as good as none: a few more or fewer of them are no bustle. */
const STEADINESS = 4
/** Squared relative error of a rate whose hour of the day was never seen. */
export const UNKNOWN_HOUR = 0.35

/** People expected in a window, and the squared relative error of that beyond what counting explains. */
export type Forecast = { expected: number; relativeVariance: number }

/** What forecasts are made from: when watching began, who writes, who complains, and a number that changes with the past. */
export type Past = { watchedFrom: number; everybody: Counter; complaining: Counter; version: number }

/**
 * What the clock and the past make us expect of a counter in a window: its rate at this hour of the day and week, times
 * how much busier than usual those are who do not complain. Until a day is known the hour says nothing: the rate is that
 * of all that was seen, which with the bustle of everybody else makes it a share. The fewer days are known, the more the
 * hour may wander. Undefined where nothing was seen before the window.
 */
export const forecast = (
  counter: Counter,
  past: Past,
  window: number,
  now: number,
  damping: number,
): Forecast | undefined => {
  const windowMs = COUNTER_WINDOWS_MS[window]!
  if (now - past.watchedFrom < windowMs + LEAST_BEFORE_MS) return undefined
  const hours = windowMs / HOUR_MS
  const own = rateIn(counter, past, window, now)
  const all = rateIn(past.everybody, past, window, now)
  const apart = isNew(past, now) ? counter : past.complaining
  const others = past.everybody.people.observed(window, now) - apart.people.observed(window, now)
  const usual = all.perHour - (apart === counter ? own : rateIn(apart, past, window, now)).perHour
  const bustle = bustleOf(others, usual * hours, damping)
  const uncertain = 1 / (own.people + 0.5) + damping ** 2 / (Math.max(0, others) + STEADINESS)
  const days = (now - past.watchedFrom) / DAY_MS
  return {
    expected: Math.max(LEAST_PER_HOUR * hours, own.perHour * counter.level.factor * hours * bustle),
    relativeVariance: counter.wander.relativeVariance + uncertain + UNKNOWN_HOUR / (1 + days),
  }
}

/** How much busier the others are than expected, 1 or more: quiet ones make nothing of a type. Few people say little. */
export const bustleOf = (people: number, expected: number, damping: number): number =>
  Math.max(1, (Math.max(0, people) + STEADINESS) / (Math.max(0, expected) + STEADINESS)) ** damping

/** Rate over a window that may lie in two hours. */
const rateIn = (counter: Counter, past: Past, window: number, now: number): Rate => {
  if (isNew(past, now)) return firstDayRate(counter, past, window, now)
  const windowMs = COUNTER_WINDOWS_MS[window]!
  const hour = Math.floor(now / HOUR_MS)
  let { rates } = counter
  if (!rates || rates.hour !== hour || rates.version !== past.version) {
    rates = {
      hour,
      version: past.version,
      here: hourRate(counter, past, hour),
      before: hourRate(counter, past, hour - 1),
    }
    counter.rates = rates
  }
  const inHour = Math.min(1, (now - hour * HOUR_MS) / windowMs)
  return {
    perHour: rates.here.perHour * inHour + rates.before.perHour * (1 - inHour),
    people: Math.max(rates.here.people, rates.before.people),
  }
}

/** Until a day is known, hours cannot be compared. */
const isNew = ({ watchedFrom }: Past, now: number): boolean => now - watchedFrom < DAY_MS

/** All that was seen before the window, with half a person of doubt (Jeffreys' prior of a Poisson rate). */
const firstDayRate = (counter: Counter, { watchedFrom }: Past, window: number, now: number): Rate => {
  const hours = Math.max(LEAST_BEFORE_MS, now - watchedFrom - COUNTER_WINDOWS_MS[window]!) / HOUR_MS
  const seen = counter.visited - counter.people.observed(window, now)
  const before = now < counter.burstUntil + LONGEST_WINDOW_MS ? counter.visitedBefore : 0
  const people = Math.max(0, seen, before) + 0.5
  return { perHour: people / hours, people }
}

/** What an hour usually brings, to keep a burst out of it. */
export const usualOf = (counter: Counter, past: Past, hour: number, now: number): number =>
  Math.ceil(isNew(past, now) ? firstDayRate(counter, past, 0, now).perHour : hourRate(counter, past, hour).perHour)

/** Rate of an hour from the hours before it: the same hour of other days, shrunk to the type's share of this hour. */
export const hourRate = (counter: Counter, { watchedFrom, everybody }: Past, hour: number): Rate => {
  const from = Math.ceil(watchedFrom / HOUR_MS)
  const hours = Math.min(DAY_HOURS, hour - from)
  const recent = (everybody.visits.between(hour - hours, hour) + 1) / (hours + 1)
  const all = everybody.visits.expected(hour, from, recent)
  if (counter === everybody) return all
  const seen = counter.visits.between(hour - SHARE_HOURS, hour)
  const share = (seen + 0.5) / (everybody.visits.between(hour - SHARE_HOURS, hour) + 10)
  const own = counter.visits.expected(hour, from, share * all.perHour)
  return { perHour: own.perHour, people: Math.max(own.people, seen) }
}
