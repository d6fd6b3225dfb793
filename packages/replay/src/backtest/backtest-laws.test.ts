import { DetectionSettings, createParser, HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import { complaintStreams, mentionsOf, STREAM_START_MS } from '@outcry/testkit/complaint-streams'
import { seededDraws } from '@outcry/testkit/made-texts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alertLine, backtest, type BrandMention } from '../index.ts'

const parsed = createParser(DetectionSettings)({})
const settings = parsed.ok ? parsed.value : expect.unreachable()
const HOURS = 12
const LEAST_SHARE_WITH_ALERTS = 0.9

const run = (mentions: readonly BrandMention[]) =>
  backtest({
    mentions: (async function* () {
      yield* mentions
    })(),
    settings,
    digest: 'laws',
    // A budget that is spent within the stream, so that what is held is compared too.
    alerting: () => ({
      pagesPerWeek: 2,
      updateEveryMs: 30 * MINUTE_MS,
      resolveAfterCalmMs: 24 * HOUR_MS,
      routes: [],
    }),
    idKey: 'laws',
  })

/** Two brands with a stream each, in order of time. */
const histories = fc
  .tuple(complaintStreams({ hours: HOURS }), complaintStreams({ hours: HOURS }))
  .map((streams) =>
    streams
      .flatMap((stream, index) => mentionsOf(stream).map((mention) => ({ brand: `brand-${index}`, mention })))
      .toSorted((a, b) => a.mention.eventTime - b.mention.eventTime),
  )

const holds = async (law: (mentions: BrandMention[], part: number) => Promise<number>): Promise<void> => {
  let runs = 0
  let alerted = 0
  await fc.assert(
    fc.asyncProperty(histories, fc.double({ min: 0, max: 1, noNaN: true }), async (mentions, part) => {
      if ((await law(mentions, part)) > 0) alerted += 1
      runs += 1
    }),
    // Shrinking runs minutes of streams: without endOnFailure, the printed path gives the smallest case.
    { numRuns: 10, seed: 4, endOnFailure: true },
  )
  expect(alerted / runs).toBeGreaterThanOrEqual(LEAST_SHARE_WITH_ALERTS)
}

describe('laws of backtest', () => {
  it('a history cut short writes the same alerts, byte for byte, up to the cut minus the hold', async () => {
    await holds(async (mentions, part) => {
      const whole = await run(mentions)
      const opened = whole.alerts[0]?.at ?? STREAM_START_MS
      const cut = opened + part * (STREAM_START_MS + HOURS * HOUR_MS - opened)
      const short = await run(mentions.filter(({ mention }) => mention.eventTime <= cut))
      const until = ({ alerts }: Awaited<ReturnType<typeof run>>) =>
        alerts.filter(({ at }) => at <= cut - settings.reorderMs).map(alertLine)
      expect(until(short)).toEqual(until(whole))
      return whole.alerts.length
    })
  })

  it('lines in any order write the same alerts and assignments', async () => {
    await holds(async (mentions) => {
      const whole = await run(mentions)
      const shuffled = await run(seededDraws(mentions.length).shuffled(mentions))
      expect(shuffled.alerts.map(alertLine)).toEqual(whole.alerts.map(alertLine))
      // What two brands wrote at one moment stays in the order of the input.
      const assigned = (result: typeof whole) =>
        [...result.assignments()].map((line) => JSON.stringify(line)).toSorted()
      expect(assigned(shuffled)).toEqual(assigned(whole))
      return whole.alerts.length
    })
  })
})
