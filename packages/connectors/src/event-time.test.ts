import { MINUTE_MS, type Mention } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideEventTime } from './event-time.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const sighting = (createdAt: number | undefined, publishedAt?: number) => {
  const mention: Mention = {
    id: 'm',
    op: 'create',
    rev: '1',
    kind: 'review',
    source: 's',
    text: 'x',
    observedAt: NOW,
    eventTime: NOW,
    ...(createdAt === undefined ? {} : { createdAt }),
  }
  return publishedAt === undefined ? { mention } : { mention, publishedAt }
}
const prompt = { publicationDelayMs: 0, clock: 'wall' as const, wasLive: true }
const slow = { publicationDelayMs: null, clock: 'wall' as const, wasLive: true }

describe('event time', () => {
  it('is the time of writing where the platform publishes promptly', () => {
    expect(decideEventTime(sighting(NOW - 90_000), prompt)).toEqual({ eventTime: NOW - 90_000, backfill: false })
  })

  it('is the first sighting where publication may take hours, so that a storm of late reviews still bursts', () => {
    expect(decideEventTime(sighting(NOW - 9 * 60 * MINUTE_MS), slow)).toEqual({ eventTime: NOW, backfill: false })
  })

  it('is the time of writing, as backfill, where a slow platform was not watched just before', () => {
    const rule = { ...slow, wasLive: false }
    expect(decideEventTime(sighting(NOW - 90_000), rule)).toEqual({ eventTime: NOW - 90_000, backfill: true })
    expect(decideEventTime(sighting(undefined), rule)).toEqual({ eventTime: NOW, backfill: true })
  })

  it("holds a client's own time within five minutes of the platform's stamp", () => {
    expect(decideEventTime(sighting(0, NOW - 1_000), prompt).eventTime).toBe(NOW - 1_000 - 5 * MINUTE_MS)
    expect(decideEventTime(sighting(NOW + 90_000, NOW - 1_000), prompt).eventTime).toBe(NOW - 1_000)
  })

  it('is the time of writing of a replay, whatever the wall says', () => {
    const rule = { ...prompt, clock: 'events' as const }
    expect(decideEventTime(sighting(NOW + 90_000), rule)).toEqual({ eventTime: NOW + 90_000, backfill: false })
    expect(decideEventTime(sighting(1), rule)).toEqual({ eventTime: 1, backfill: false })
  })

  it('is never after the sighting, on the wall clock', () => {
    const times = fc.option(fc.integer({ min: 0, max: NOW * 2 }), { nil: undefined })
    fc.assert(
      fc.property(
        times,
        times,
        fc.boolean(),
        fc.constantFrom(0, MINUTE_MS, null),
        (createdAt, publishedAt, wasLive, delay) => {
          const rule = { publicationDelayMs: delay, clock: 'wall' as const, wasLive }
          const { eventTime } = decideEventTime(sighting(createdAt, publishedAt), rule)
          expect(eventTime).toBeLessThanOrEqual(NOW)
          expect(eventTime).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })
})
