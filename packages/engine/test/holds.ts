import type { Mention } from '@outcry/contracts'
import { type ComplaintStream, complaintStreams, mentionsOf } from '@outcry/testkit/complaint-streams'
import * as fc from 'fast-check'
import { expect } from 'vitest'
import type { Effect } from '../src/index.ts'
import { openedIn } from './stream-run.ts'

/** A law that holds of streams on which nothing happens says nothing. */
const LEAST_SHARE_THAT_OPENS = 0.9

/**
 * Checks a law on streams and a share of them to cut at, and that issues opened on most: the law gives back effects of
 * the stream. A failure names seed and path: with them, and without endOnFailure, it shrinks to the smallest case.
 */
export const holds = (law: (stream: ComplaintStream, mentions: Mention[], part: number) => Effect[]): void => {
  let runs = 0
  let opened = 0
  fc.assert(
    fc.property(complaintStreams(), fc.double({ min: 0, max: 1, noNaN: true }), (stream, part) => {
      const effects = law(stream, mentionsOf(stream), part)
      runs += 1
      if (openedIn(effects).length > 0) opened += 1
    }),
    { numRuns: 20, seed: 4, endOnFailure: true },
  )
  expect(opened / runs).toBeGreaterThanOrEqual(LEAST_SHARE_THAT_OPENS)
}
