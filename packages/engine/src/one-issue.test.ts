import { HOUR_MS } from '@outcry/contracts'
import { type ComplaintStream, complaintStreams, mentionsOf } from '@outcry/testkit/complaint-streams'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { issuesIn, openedIn, recordsOfStream, run } from '../test/stream-run.ts'

/** As much as makes two issues one. */
const OVERLAP = 0.3

/** A busy morning, and then a crowd about one thing that each words in their own way. */
const oneCrowd = complaintStreams({ hours: 11 })
  .filter(({ langs }) => langs.length === 1)
  .chain((stream) =>
    fc
      .record({ people: fc.integer({ min: 40, max: 120 }), perHour: fc.integer({ min: 40, max: 100 }) })
      .map(({ people, perHour }): ComplaintStream => ({
        ...stream,
        perHour,
        bursts: [{ ...stream.bursts[0]!, people, lang: stream.langs[0]! }],
        campaign: null,
      })),
  )

describe('a crowd about one thing', () => {
  it('opens no two issues that share posts, nor two of one type within the hour', () => {
    let opened = 0
    fc.assert(
      fc.property(oneCrowd, (stream) => {
        const effects = run(recordsOfStream(stream, mentionsOf(stream)))
        const issues = openedIn(effects)
        opened += issues.length
        const evidence = new Map(
          issuesIn(effects).map(({ issueId, evidence: { mentionIds } }) => [issueId, mentionIds]),
        )
        for (const [at, one] of issues.entries()) {
          for (const other of issues.slice(at + 1)) {
            const [ids, others] = [evidence.get(one.issueId)!, new Set(evidence.get(other.issueId))]
            const shared = ids.filter((id) => others.has(id)).length
            expect(shared).toBeLessThan(OVERLAP * Math.min(ids.length, others.size))
            if (other.at - one.at > HOUR_MS || one.evidence.issueType === null) continue
            expect(other.evidence.issueType).not.toBe(one.evidence.issueType)
          }
        }
      }),
      // Shrinking runs whole streams: without endOnFailure, the printed path gives the smallest case.
      { numRuns: 20, seed: 5, endOnFailure: true },
    )
    expect(opened).toBeGreaterThan(15)
  })
})
