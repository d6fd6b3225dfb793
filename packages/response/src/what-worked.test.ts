import { HOUR_MS, MINUTE_MS, type PastResponse, type Statement } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pastResponse } from './past-response.ts'
import { whatWorked } from './what-worked.ts'

const past = (changes: Partial<PastResponse> = {}): PastResponse => ({
  issueType: 'checkout',
  remedies: ['voucher'],
  announcedMs: 10 * MINUTE_MS,
  calmMs: HOUR_MS,
  reopened: false,
  outcomes: { resolved: 3 },
  ...changes,
})

describe('what worked', () => {
  it('is told by type, remedy and time to answer, the most frequent first', () => {
    const rows = whatWorked([
      past({ remedies: [], announcedMs: null, calmMs: 5 * HOUR_MS, reopened: true, outcomes: { 'parted-ways': 2 } }),
      past(),
      past({ calmMs: 3 * HOUR_MS, outcomes: { resolved: 1, 'no-reply': 4 } }),
      past({ announcedMs: 30 * MINUTE_MS, calmMs: null }),
    ])
    expect(rows).toEqual([
      {
        issueType: 'checkout',
        remedy: 'voucher',
        answered: 'within 15 min',
        issues: 2,
        reopened: 0,
        medianCalmMs: 2 * HOUR_MS,
        outcomes: { resolved: 4, 'no-reply': 4 },
      },
      expect.objectContaining({ remedy: 'voucher', answered: 'within 1 h', issues: 1, medianCalmMs: null }),
      expect.objectContaining({ remedy: null, answered: 'never', issues: 1, reopened: 1 }),
    ])
  })

  it('counts each issue under each remedy that it was given, whatever their order', () => {
    const one = fc.record({
      issueType: fc.constantFrom('checkout', 'login', null),
      remedies: fc.uniqueArray(fc.constantFrom('voucher', 'refund', 'sorry')),
      announcedMs: fc.option(fc.nat({ max: 5 * HOUR_MS })),
      calmMs: fc.option(fc.nat()),
      reopened: fc.boolean(),
      outcomes: fc.constant({}),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), (issues) => {
        const rows = whatWorked(issues)
        const counted = issues.reduce((sum, { remedies }) => sum + Math.max(1, remedies.length), 0)
        expect(rows.reduce((sum, row) => sum + row.issues, 0)).toBe(counted)
        expect(whatWorked(issues.toReversed())).toEqual(rows)
      }),
    )
  })
})

describe('the answer to a past issue', () => {
  const issue = { issueType: 'checkout', since: 0, openedAt: MINUTE_MS }
  const said = (kind: Statement['kind'], at: number | null, remedy?: string) => ({
    kind,
    facts: remedy === undefined ? {} : { remedy },
    publications: at === null ? [] : [{ channel: 'x', at, by: 'ann' }],
  })
  const entry = (at: number, kind: string, reason: string) => ({ at, kind, body: { reason } })

  it('is what was offered in public, and how long it took until it was calm', () => {
    const timeline = [
      entry(5 * MINUTE_MS, 'updated', 'calm'),
      entry(40 * MINUTE_MS, 'updated', 'calm'),
      entry(50 * MINUTE_MS, 'escalated', 'reopened'),
    ]
    const statements = [said('holding', 11 * MINUTE_MS, 'voucher'), said('update', null, 'never said')]
    expect(pastResponse(issue, timeline, statements, { resolved: 1 })).toEqual({
      issueType: 'checkout',
      remedies: ['voucher'],
      announcedMs: 10 * MINUTE_MS,
      calmMs: 29 * MINUTE_MS,
      reopened: true,
      outcomes: { resolved: 1 },
    })
  })

  it('takes no words of people for a calm or a reopening', () => {
    const muted = [entry(5 * MINUTE_MS, 'muted', 'calm'), entry(6 * MINUTE_MS, 'mute-ended', 'reopened')]
    expect(pastResponse(issue, muted, [], {})).toMatchObject({ calmMs: null, reopened: false })
  })

  it('counts from the detection where nobody said anything', () => {
    const calm = [entry(31 * MINUTE_MS, 'updated', 'calm')]
    expect(pastResponse(issue, calm, [], {})).toMatchObject({ announcedMs: null, calmMs: 30 * MINUTE_MS, remedies: [] })
  })
})
