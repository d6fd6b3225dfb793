import { describe, expect, it } from 'vitest'
import type { Post } from './post.ts'
import { ANY_TYPE, type TypeBurst, TypeCounters, judge } from './type-counters.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
const START = Date.UTC(2026, 2, 2)
const ODDS = 1e-6

type Visit = { at: number; complains: boolean; types: string[] }
type Spell = { fromMs: number; forMs: number; perHour: number; complains?: boolean; types?: string[] }

/** A small generator of shares below 1 (Park and Miller 1988). */
const createDice = (seed: number): (() => number) => {
  let state = (seed % 2_147_483_646) + 1
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

/** Poisson arrivals of each spell, in order of time. */
const visitsOf = (seed: number, spells: readonly Spell[]): Visit[] => {
  const dice = createDice(seed)
  const visits: Visit[] = []
  for (const { fromMs, forMs, perHour, complains = true, types = [] } of spells) {
    let at = START + fromMs
    while ((at += (-Math.log(1 - dice()) * HOUR_MS) / perHour) < START + fromMs + forMs)
      visits.push({ at: Math.floor(at), complains, types })
  }
  return visits.sort((a, b) => a.at - b.at)
}

type Told = TypeBurst & { at: number }
const opening = (bursts: readonly TypeBurst[], at: number): Told[] =>
  bursts.filter(({ opens }) => opens).map((burst) => ({ ...burst, at }))

/** Everybody writes once. */
const burstsOf = (visits: readonly Visit[], counters = new TypeCounters()): Told[] => {
  counters.watch(START)
  return visits.flatMap(({ at, complains, types }, number) => {
    counters.add({ person: number, at, types } as unknown as Post, complains, at)
    return complains ? opening(counters.bursts([...types, ANY_TYPE], at, ODDS), at) : []
  })
}

/** A brand that always has the same: complaints of a few types, and as much that is none. */
const steady = (perHour: number, forMs: number): Spell[] => [
  { fromMs: 0, forMs, perHour: perHour * 0.5, complains: false },
  { fromMs: 0, forMs, perHour: perHour * 0.25, types: ['delay'] },
  { fromMs: 0, forMs, perHour: perHour * 0.15, types: ['refund'] },
  { fromMs: 0, forMs, perHour: perHour * 0.1, types: ['app'] },
]
/** Chance is dealt from the same seeds each time: what is claimed of most streams is counted over all of these. */
const SEEDS = Array.from({ length: 24 }, (_, number) => 7_919 * (number + 1))
const countOver = (holds: (seed: number) => boolean): number => SEEDS.filter(holds).length
const openNothing = (spells: readonly Spell[]) => countOver((seed) => burstsOf(visitsOf(seed, spells)).length === 0)
const firstOf = (found: readonly Told[], type: string) => found.find((told) => told.type === type)

/** A burst of one type. */
const burstOf = (type: string, fromMs: number, perHour: number, forMs = 40 * MINUTE_MS): Spell => ({
  fromMs,
  forMs,
  perHour,
  types: [type],
})

describe('the counters of a brand that was watched for days', () => {
  const days = 4
  const after = days * DAY_MS

  it.each([3, 15])('find a burst of a type within the half hour, at %i o clock', (hour) => {
    const fromMs = after + hour * HOUR_MS
    const spells = [...steady(30, after + DAY_MS), burstOf('login', fromMs, 45)]
    const found = countOver((seed) => {
      const first = firstOf(burstsOf(visitsOf(seed, spells)), 'login')
      return first !== undefined && first.at > START + fromMs && first.at < START + fromMs + 30 * MINUTE_MS
    })
    expect(found).toBe(SEEDS.length)
  })

  it.each([4, 40, 400])('open nothing in four days in which nothing happens, at %i an hour', (perHour) => {
    expect(openNothing(steady(perHour, after))).toBeGreaterThanOrEqual(SEEDS.length - 1)
  })

  it.each([40, 200])(
    'open nothing where a launch makes everybody talk more of everything, at %i an hour',
    (perHour) => {
      const launch = steady(perHour * 1.5, 2 * HOUR_MS).map((spell) => ({ ...spell, fromMs: after + 12 * HOUR_MS }))
      expect(openNothing([...steady(perHour, after + DAY_MS), ...launch])).toBeGreaterThanOrEqual(SEEDS.length - 1)
    },
  )

  it('find complaints of every kind that rise together, where the rest of the talk does not', () => {
    const kinds = ['delay', 'refund', 'app', 'support', 'staff', 'booking', 'baggage', 'payment']
    const storm = kinds.map((type) => burstOf(type, after + 12 * HOUR_MS, 12, HOUR_MS))
    const spells = [...steady(20, after + DAY_MS), ...storm]
    expect(countOver((seed) => firstOf(burstsOf(visitsOf(seed, spells)), ANY_TYPE) !== undefined)).toBe(SEEDS.length)
  })

  it('find what some complain about while others complain of other things too', () => {
    const fromMs = after + 12 * HOUR_MS
    const storm = ['support', 'delay', 'refund', 'app'].map((type) => burstOf(type, fromMs, 12, HOUR_MS))
    const others = ['staff', 'booking', 'baggage', 'payment'].map((type) => burstOf(type, fromMs, 8, HOUR_MS))
    const spells = [...steady(20, after + DAY_MS), ...storm, ...others]
    const found = countOver((seed) => firstOf(burstsOf(visitsOf(seed, spells)), 'support') !== undefined)
    expect(found).toBeGreaterThanOrEqual(SEEDS.length / 2)
  })

  it('open in few weeks at all whose hours wander, by day and night, from hour to hour, and upwards', () => {
    const week = (seed: number): Spell[] => {
      const dice = createDice(seed)
      let mood = 0
      return Array.from({ length: 7 * 24 }, (_, hour) => {
        // A mood that half remembers the hour before, a day that swings threefold, and a rise by half in the week.
        mood = 0.5 * mood + 0.25 * (dice() + dice() + dice() + dice() - 2)
        const day = 1 + 0.5 * Math.sin((hour * Math.PI) / 12)
        const perHour = 40 * day * Math.exp(mood) * (1 + hour / 336)
        return steady(perHour, HOUR_MS).map((spell) => ({ ...spell, fromMs: hour * HOUR_MS }))
      }).flat()
    }
    const opened = SEEDS.map((seed) => burstsOf(visitsOf(seed, week(seed * 31))))
    const weeks = opened.filter((bursts) => bursts.length > 0).length
    expect(weeks).toBeLessThanOrEqual(SEEDS.length / 3)
  })

  it('do not learn what types have of a burst of all together', () => {
    const kinds = ['delay', 'refund', 'app', 'support', 'staff', 'booking', 'baggage', 'payment']
    const noon = after + 12 * HOUR_MS
    const storm = kinds.map((type) => burstOf(type, noon, 12, HOUR_MS))
    const expected = (spells: readonly Spell[]) => {
      const counters = new TypeCounters()
      burstsOf(visitsOf(SEEDS[3]!, spells), counters)
      return counters.expectedPerHour('support', START + noon + DAY_MS)
    }
    const quiet = steady(20, after + DAY_MS)
    expect(expected([...quiet, ...storm])).toBeLessThan(expected(quiet) + 1)
  })

  it('do not learn from a burst: the same again next day bursts again', () => {
    const bursts = [0, 1, 2].map((day) => burstOf('refund', (days + day) * DAY_MS + 12 * HOUR_MS, 45))
    const found = countOver((seed) => {
      const told = burstsOf(visitsOf(seed, [...steady(20, after + 3 * DAY_MS), ...bursts]))
      return new Set(told.map(({ at }) => Math.floor((at - START) / DAY_MS))).size === 3
    })
    expect(found).toBe(SEEDS.length)
  })

  it('take for normal what lasts for days', () => {
    const lasting = burstOf('refund', after, 30, 3 * DAY_MS)
    const told = burstsOf(visitsOf(SEEDS[0]!, [...steady(40, after + 3 * DAY_MS), lasting]))
    expect(told.some(({ at }) => at < START + after + HOUR_MS)).toBe(true)
    expect(told.filter(({ at }) => at > START + after + 1.5 * DAY_MS)).toEqual([])
  })

  it('go on from a snapshot as if they had never stopped', () => {
    for (const [number, seed] of SEEDS.entries()) {
      const visits = visitsOf(seed, [...steady(20, 32 * HOUR_MS), burstOf('login', 30 * HOUR_MS, 30)])
      const stop = Math.floor((visits.length * number) / SEEDS.length)
      const first = new TypeCounters()
      burstsOf(visits.slice(0, stop), first)
      const second = TypeCounters.unpack(first.pack())
      const rest = visits.slice(stop)
      expect(burstsOf(rest, second)).toEqual(burstsOf(rest, first))
      expect(second.pack()).toEqual(first.pack())
    }
  })

  it('count nobody whose post was taken out', () => {
    const [kept, taken] = [new TypeCounters(), new TypeCounters()]
    const visits = visitsOf(SEEDS[1]!, steady(30, after))
    burstsOf(visits, kept)
    burstsOf(visits, taken)
    for (let person = 0; person < 8; person++) {
      const post = { person: -person, at: START + after, types: ['login'] } as unknown as Post
      taken.add(post, true, START + after)
      taken.remove(post, true)
    }
    const rest = visitsOf(SEEDS[2]!, [burstOf('login', after, 45)])
    expect(burstsOf(rest, taken)).toEqual(burstsOf(rest, kept))
  })
})

describe('the counters of a new brand', () => {
  it.each([6, 60, 600])('open nothing on a brand that is as it always was, at %i an hour', (perHour) => {
    expect(openNothing(steady(perHour, 20 * HOUR_MS))).toBe(SEEDS.length)
  })

  it.each([6, 60, 600])('open nothing when its day begins, at %i an hour', (perHour) => {
    const busier = steady(perHour * 2, 4 * HOUR_MS).map((spell) => ({ ...spell, fromMs: 3 * HOUR_MS }))
    expect(openNothing([...steady(perHour, 20 * HOUR_MS), ...busier])).toBeGreaterThanOrEqual(SEEDS.length - 1)
  })

  it.each([
    [0.75, 40],
    [1.5, 40],
    [4.5, 40],
    [0.75, 800],
    [1.5, 800],
    [4.5, 800],
  ])('find in hour %d that half of all write about one thing, at %i an hour', (hour, perHour) => {
    const fromMs = hour * HOUR_MS
    const spells = [...steady(perHour, 6 * HOUR_MS), burstOf('login', fromMs, perHour * 1.5)]
    const found = countOver((seed) => {
      const first = firstOf(burstsOf(visitsOf(seed, spells)), 'login')
      return first !== undefined && first.at > START + fromMs && first.at < START + fromMs + 40 * MINUTE_MS
    })
    expect(found).toBe(SEEDS.length)
  })

  it('ask for more people the less they know', () => {
    const peopleNeeded = (hours: number) => {
      const spells = [...steady(40, (hours + 1) * HOUR_MS), burstOf('app', hours * HOUR_MS, 60)]
      const needed = SEEDS.map((seed) => firstOf(burstsOf(visitsOf(seed, spells)), 'app')?.observed ?? 40)
      return needed.reduce((sum, people) => sum + people, 0) / needed.length
    }
    expect(peopleNeeded(1)).toBeGreaterThan(peopleNeeded(6) + 1)
    expect(peopleNeeded(6)).toBeGreaterThan(peopleNeeded(100) + 1)
  })

  it('say nothing before there is anything to compare with', () => {
    const spells = [burstOf('login', 0, 120, HOUR_MS)]
    expect(openNothing(spells)).toBe(SEEDS.length)
  })
})

describe('the odds that are asked', () => {
  const opens = (people: number, expected: number, relativeVariance: number) =>
    judge('delay', people, { expected, relativeVariance }, ODDS)?.opens

  it('are ten times as lenient with eight people, where the forecast is good', () => {
    const seven = judge('delay', 7, { expected: 0.95, relativeVariance: 0.2 }, ODDS)
    const eight = judge('delay', 8, { expected: 1.3, relativeVariance: 0.2 }, ODDS)
    for (const { tailProbability } of [seven!, eight!]) {
      expect(tailProbability).toBeGreaterThan(100 * ODDS)
      expect(tailProbability).toBeLessThan(1_000 * ODDS)
    }
    expect([seven!.opens, eight!.opens]).toEqual([false, true])
    expect(opens(8, 0.9, 0.4)).toBe(false)
  })

  it('never open with fewer people what more would not', () => {
    for (const expected of [0.3, 1, 3, 10, 30]) {
      for (const relativeVariance of [0.05, 0.2, 0.34, 0.36, 0.8]) {
        const least = Array.from({ length: 200 }, (_, people) => people).find((people) =>
          opens(people, expected, relativeVariance),
        )!
        for (let people = least; people < 200; people++) expect(opens(people, expected, relativeVariance)).toBe(true)
      }
    }
  })
})
