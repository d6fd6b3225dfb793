import type { Publication, Statement } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { issueDurations, issueTimes, type TimedEntry } from './issue-times.ts'

const issue = { since: 1_000, openedAt: 5_000 }
const entry = (at: number, kind: string, body: TimedEntry['body'] = {}): TimedEntry => ({ at, kind, body })
const said = (kind: Statement['kind'], ...posts: [channel: string, at: number][]) => ({
  kind,
  publications: posts.map(([channel, at]): Publication => ({ channel, at, by: 'ann' })),
})

const day: TimedEntry[] = [
  entry(5_000, 'opened', { reason: 'burst', page: false }),
  entry(6_000, 'escalated', { reason: 'severity', page: true }),
  entry(7_000, 'updated', { reason: 'acknowledged' }),
  entry(9_000, 'updated', { reason: 'announced' }),
  entry(20_000, 'resolved', { reason: 'person' }),
]
const words = [said('brief', ['#front', 6_500]), said('holding', ['x', 8_500], ['web', 8_600])]

describe('the times of an issue', () => {
  it('are the first of each step, and how long each took', () => {
    const statements = [...words, said('closing', ['web', 21_000], ['x', 22_000], ['x', 30_000])]
    const times = issueTimes(issue, day, statements)
    expect(times).toEqual({
      onset: 1_000,
      detected: 5_000,
      paged: 6_000,
      acknowledged: 7_000,
      briefed: 6_500,
      announced: 8_500,
      fixed: 20_000,
      resolved: 20_000,
      thanked: 22_000,
    })
    expect(issueDurations(times)).toEqual({
      detected: 4_000,
      paged: 1_000,
      acknowledged: 2_000,
      briefed: 1_500,
      announced: 3_500,
      fixed: 15_000,
      resolved: 15_000,
      thanked: 17_000,
    })
  })

  it('are null where nothing happened', () => {
    const nothing = {
      paged: null,
      acknowledged: null,
      briefed: null,
      announced: null,
      fixed: null,
      resolved: null,
      thanked: null,
    }
    expect(issueTimes(issue, [], [])).toEqual({ onset: 1_000, detected: 5_000, ...nothing })
    expect(issueDurations(issueTimes(issue, [], []))).toEqual({ detected: 4_000, ...nothing })
  })

  it('know no thank-you while a channel on which people were told has none', () => {
    expect(issueTimes(issue, day, [...words, said('closing', ['web', 21_000])]).thanked).toBeNull()
  })

  it('know no resolution of what was reopened, dismissed or merged, until it is resolved again', () => {
    const reopened = [...day, entry(25_000, 'escalated', { reason: 'reopened', page: true })]
    expect(issueTimes(issue, reopened, [])).toMatchObject({ resolved: null, fixed: null })
    expect(issueTimes(issue, [...reopened, entry(40_000, 'resolved', { reason: 'calm' })], []).resolved).toBe(40_000)
    for (const reason of ['dismissed', 'merged'])
      expect(issueTimes(issue, [entry(9_000, 'resolved', { reason })], []).resolved).toBeNull()
  })

  it('say that it is fixed since the first thank-you, and not because it calmed down', () => {
    const told = [said('closing', ['x', 15_000])]
    expect(issueTimes(issue, day, told).fixed).toBe(15_000)
    const calm = [entry(20_000, 'resolved', { reason: 'calm' })]
    expect(issueTimes(issue, calm, [])).toMatchObject({ resolved: 20_000, fixed: null })
  })

  it('take an announcement without a statement for the first word, and for somebody who has it in hand', () => {
    const times = issueTimes(issue, [entry(9_000, 'updated', { reason: 'announced' })], [])
    expect(times).toMatchObject({ announced: 9_000, acknowledged: 9_000 })
  })

  it('take no words of people for a step', () => {
    for (const reason of ['acknowledged', 'announced', 'reopened']) {
      const muted = [entry(5_500, 'muted', { reason }), entry(21_000, 'muted', { reason })]
      expect(issueTimes(issue, [...day, ...muted], words)).toEqual(issueTimes(issue, day, words))
      expect(issueTimes(issue, muted, [])).toEqual(issueTimes(issue, [], []))
    }
  })

  it('do not depend on the order of the record, and last no negative time', () => {
    const statements = [...words, said('closing', ['web', 2_000], ['x', 3_000])]
    fc.assert(
      fc.property(
        fc.shuffledSubarray(day, { minLength: day.length }),
        fc.shuffledSubarray(statements, { minLength: statements.length }),
        (entries, drafts) => {
          const times = issueTimes(issue, entries, drafts)
          expect(times).toEqual(issueTimes(issue, day, statements))
          for (const ms of Object.values(issueDurations(times))) expect(ms).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })
})
