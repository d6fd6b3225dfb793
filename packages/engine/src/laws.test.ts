import { MINUTE_MS, WEEK_MS } from '@outcry/contracts'
import { STREAM_START_MS, streamEndMs } from '@outcry/testkit/complaint-streams'
import { seededDraws } from '@outcry/testkit/made-texts'
import { describe, expect, it } from 'vitest'
import { holds } from '../test/holds.ts'
import {
  arrivalOf,
  issuesIn,
  newEngine,
  openedIn,
  recordsOfStream,
  run,
  timeline,
  withoutNames,
} from '../test/stream-run.ts'
import { type Effect, defaultDetectionSettings } from './index.ts'

const REORDER_MS = defaultDetectionSettings().reorderMs
const unchanged = (_: string, value: unknown): unknown => value

describe('laws of detection', () => {
  it('a stream cut short says the same, byte for byte, up to the cut minus the hold', () => {
    holds((stream, mentions, part) => {
      const whole = run(recordsOfStream(stream, mentions))
      const { at } = openedIn(whole)[0] ?? { at: STREAM_START_MS }
      // From the first opening on, where there is something to say differently.
      const cut = at + part * (streamEndMs(stream) - at)
      const before = mentions.filter(({ eventTime }) => eventTime <= cut)
      const short = run(recordsOfStream(stream, before))
      const until = (effects: readonly Effect[]) =>
        JSON.stringify(issuesIn(effects).filter((event) => event.at <= cut - REORDER_MS))
      expect(until(short)).toBe(until(whole))
      return whole
    })
  })

  it('another order of arrival within the hold changes nothing', () => {
    holds((stream, mentions) => {
      const draws = seededDraws(stream.seed)
      const late = mentions.map((mention) => arrivalOf(mention, 'acme', mention.eventTime + draws.below(REORDER_MS)))
      const effects = run(recordsOfStream(stream, mentions))
      expect(run(timeline(late, { endMs: streamEndMs(stream) }))).toEqual(effects)
      return effects
    })
  })

  it('how often a source speaks changes nothing that is decided', () => {
    holds((stream, mentions) => {
      const decided = (heartbeatMs: number) =>
        run(
          timeline(
            mentions.map((mention) => arrivalOf(mention)),
            { endMs: streamEndMs(stream), heartbeatMs },
          ),
        ).filter(({ type }) => type !== 'clusters')
      const effects = decided(10_000)
      expect(decided(MINUTE_MS)).toEqual(effects)
      expect(decided(10 * MINUTE_MS)).toEqual(effects)
      return effects
    })
  })

  it('another name of the brand changes only names', () => {
    holds((stream, mentions) => {
      const named = (brand: string) => {
        const arrivals = mentions.map((mention) => arrivalOf(mention, brand))
        return run(timeline(arrivals, { endMs: streamEndMs(stream), brand }))
      }
      const effects = named('acme')
      expect(withoutNames(named('zyxwvu'), unchanged)).toEqual(withoutNames(effects, unchanged))
      return effects
    })
  })

  it('another key of ids changes only ids', () => {
    holds((stream, mentions) => {
      const records = recordsOfStream(stream, mentions)
      const effects = run(records)
      const other = run(records, newEngine('another key'))
      expect(withoutNames(other, unchanged)).toEqual(withoutNames(effects, unchanged))
      expect(issuesIn(other).map(({ id }) => id)).not.toEqual(issuesIn(effects).map(({ id }) => id))
      return effects
    })
  })

  it('other ids of mentions and people change only ids: nothing is chosen by them', () => {
    holds((stream, mentions) => {
      const draws = seededDraws(stream.seed)
      const places = draws.shuffled(mentions.map((_, index) => index))
      const renamed = new Map(mentions.map(({ id }, index) => [id, `x${places[index]}`]))
      const back = new Map([...renamed].map(([from, to]) => [to, from]))
      const others = mentions.map((mention) => ({
        ...mention,
        id: renamed.get(mention.id)!,
        ...(mention.repostOf === undefined ? {} : { repostOf: renamed.get(mention.repostOf)! }),
        author: { ...mention.author!, id: `~${mention.author!.id}` },
      }))
      const known = (_: string, value: unknown) =>
        typeof value === 'string' ? (back.get(value) ?? value.replace(/^~/, '')) : value
      const effects = run(recordsOfStream(stream, mentions))
      const other = run(recordsOfStream(stream, others))
      expect(withoutNames(other, known)).toEqual(withoutNames(effects, unchanged))
      return effects
    })
  })

  it('whole weeks later everything is the same, weeks later', () => {
    holds((stream, mentions, part) => {
      const shift = Math.ceil(part * 12) * WEEK_MS
      const later = mentions.map((mention) => ({
        ...mention,
        createdAt: mention.eventTime + shift,
        observedAt: mention.eventTime + shift,
        eventTime: mention.eventTime + shift,
      }))
      const shifted = run(
        timeline(
          later.map((mention) => arrivalOf(mention)),
          { startMs: STREAM_START_MS + shift, endMs: streamEndMs(stream) + shift },
        ),
      )
      const earlier = (_: string, value: unknown) =>
        typeof value === 'number' && value >= STREAM_START_MS ? value - shift : value
      const effects = run(recordsOfStream(stream, mentions))
      // Ids derive from minutes too: a calm is named by its time.
      expect(withoutNames(shifted, earlier)).toEqual(withoutNames(effects, unchanged))
      return effects
    })
  })

  it('a detector restored at any record goes on as if it had never stopped', () => {
    holds((stream, mentions, part) => {
      const records = recordsOfStream(stream, mentions)
      const stop = Math.floor(part * records.length)
      const first = newEngine()
      const before = run(records.slice(0, stop), first)
      const second = newEngine()
      for (const { brand, position, version, body } of first.snapshots())
        expect(second.restore(brand, position, version, body)).toBe(true)
      const rest = records.slice(stop)
      const effects = run(rest, first, stop)
      expect(run(rest, second, stop)).toEqual(effects)
      expect(second.snapshots()).toEqual(first.snapshots())
      return [...before, ...effects]
    })
  })

  it('whoever looks at the figures, and how often, changes nothing', () => {
    holds((stream, mentions) => {
      const records = recordsOfStream(stream, mentions)
      const watched = newEngine()
      const effects = records.flatMap((record, at) => {
        const told = run([record], watched, at)
        watched.statistics()
        return told
      })
      expect(effects).toEqual(run(records))
      return effects
    })
  })

  it('every fact and every issue has an id of its own', () => {
    holds((stream, mentions) => {
      const effects = run(recordsOfStream(stream, mentions))
      const facts = issuesIn(effects).map(({ id }) => id)
      const issues = openedIn(effects).map(({ issueId }) => issueId)
      expect(new Set(facts).size).toBe(facts.length)
      expect(new Set(issues).size).toBe(issues.length)
      return effects
    })
  })
})
