import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COUNTER_WINDOWS_MS, PeopleWindow } from './people-window.ts'

const MINUTE_MS = 60_000
const LONGEST_MS = Math.max(...COUNTER_WINDOWS_MS)

/** Steps of time with a visit each, some of them late, some taken out again. */
const visits = fc.array(
  fc.record({
    stepMs: fc.integer({ min: 0, max: 12 * MINUTE_MS }),
    lateMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 80 * MINUTE_MS })),
    person: fc.integer({ min: 1, max: 12 }),
    removed: fc.boolean(),
  }),
  { maxLength: 120 },
)

describe('people in sliding windows', () => {
  it('are those who visited inside each window, once each, whatever is late or taken out', () => {
    fc.assert(
      fc.property(visits, (steps) => {
        const window = new PeopleWindow()
        let known: { person: number; at: number }[] = []
        let now = 1_000 * LONGEST_MS
        for (const { stepMs, lateMs, person, removed } of steps) {
          now += stepMs
          const at = now - lateMs
          known = known.filter((visit) => visit.at > now - LONGEST_MS)
          const fresh = !known.some((visit) => visit.person === person)
          expect(window.add(person, at, now)).toBe(fresh)
          if (at > now - LONGEST_MS) known.push({ person, at })
          const place = removed ? known.findIndex((visit) => visit.person === person && visit.at === at) : -1
          if (place >= 0) known.splice(place, 1)
          const gone = place >= 0 && !known.some((visit) => visit.person === person)
          expect(removed && window.remove(person, at)).toBe(gone)
          COUNTER_WINDOWS_MS.forEach((windowMs, index) => {
            const inside = known.filter((visit) => visit.at > now - windowMs)
            expect(window.observed(index, now)).toBe(new Set(inside.map((visit) => visit.person)).size)
          })
        }
      }),
    )
  })

  it('go on from a snapshot as if it had never been taken', () => {
    fc.assert(
      fc.property(visits, visits, (before, after) => {
        const first = new PeopleWindow()
        let now = 1_000 * LONGEST_MS
        for (const { stepMs, person } of before) first.add(person, (now += stepMs), now)
        const second = PeopleWindow.unpack(first.pack())
        for (const { stepMs, person } of after) {
          now += stepMs
          expect(second.add(person, now, now)).toBe(first.add(person, now, now))
          expect(second.observed(0, now)).toBe(first.observed(0, now))
        }
        expect(second.pack()).toEqual(first.pack())
      }),
    )
  })
})
