import { type CountingCommand, HOUR_MS, type IssueEvent, MINUTE_MS, type Mention } from '@outcry/contracts'
import { streamEndMs } from '@outcry/testkit/complaint-streams'
import { describe, expect, it } from 'vitest'
import { holds } from '../test/holds.ts'
import { arrivalOf, issuesIn, newEngine, openedIn, recordsOfStream, run, timeline } from '../test/stream-run.ts'
import type { PartitionEngine } from './index.ts'

/** What was counted of an issue, apart from words and odds. */
const countsOf = ({ evidence }: IssueEvent) => ({
  mentions: evidence.mentions,
  authors: evidence.authors,
  reposts: evidence.reposts,
  reach: evidence.reach,
  platforms: evidence.platforms,
  hostility: Math.round(evidence.hostility * evidence.mentions),
  people: evidence.series.map(({ people }) => people),
  mentionIds: evidence.mentionIds.toSorted(),
})

const say = (engine: PartitionEngine, commandId: string, command: CountingCommand): IssueEvent[] =>
  issuesIn(run([{ v: 1, kind: 'command', brand: 'acme', commandId, command }], engine, 1_000_000))

/** An issue as it stands: what resolving it says of it. */
const looked = (engine: PartitionEngine, issueId: string) => {
  const [event] = say(engine, `look at ${issueId}`, { type: 'resolve', issueId })
  return countsOf(event!)
}

const removal = (mention: Mention, at: number) =>
  arrivalOf({ ...mention, op: 'delete', rev: 'gone', text: '', eventTime: at }, 'acme', at)

describe('laws of counting', () => {
  it('merged, two issues count each post and each person once', () => {
    let pairs = 0
    holds((stream, mentions) => {
      const records = recordsOfStream(stream, mentions)
      const engine = newEngine()
      const effects = run(records, engine)
      const [first, second] = openedIn(effects).map(({ issueId }) => issueId)
      if (first === undefined || second === undefined) return effects
      pairs += 1
      const one = looked(engine, first)
      const other = looked(engine, second)
      say(engine, 'merge', { type: 'merge', issueId: second, into: first })
      const both = looked(engine, first)
      const ids = [...new Set([...one.mentionIds, ...other.mentionIds])].toSorted()
      const authorOf = new Map(mentions.map(({ id, author }) => [id, author!.id]))
      const shared = one.mentionIds.filter((id) => other.mentionIds.includes(id)).length
      expect(both.mentionIds).toEqual(ids)
      expect(both.authors).toBe(new Set(ids.map((id) => authorOf.get(id))).size)
      expect(both.mentions + both.reposts).toBe(one.mentions + other.mentions + one.reposts + other.reposts - shared)
      return effects
    })
    expect(pairs).toBeGreaterThan(10)
  })

  it('split and merged again, an issue counts what it counted', () => {
    holds((stream, mentions, part) => {
      const records = recordsOfStream(stream, mentions)
      const engine = newEngine()
      const effects = run(records, engine)
      const opened = openedIn(effects)[0]
      if (!opened) return effects
      const before = looked(engine, opened.issueId)
      const away = before.mentionIds.filter((_, index) => index % 7 < 1 + part * 5)
      const [split] = say(engine, 'split', { type: 'split', issueId: opened.issueId, mentionIds: away })
      if (!split) return effects
      say(engine, 'merge', { type: 'merge', issueId: split.issueId, into: opened.issueId })
      expect(looked(engine, opened.issueId)).toEqual(before)
      return effects
    })
  })

  it('a mention deleted before its time came was never there', () => {
    holds((stream, mentions, part) => {
      const gone = mentions
        .filter((_, index) => index % 5 < 1 + part * 3)
        .map((mention) => ({ ...mention, id: `gone-${mention.id}` }))
      const effects = run(recordsOfStream(stream, mentions))
      const withGone = [
        ...mentions.map((mention) => arrivalOf(mention)),
        ...gone.map((mention) => arrivalOf(mention)),
        ...gone.map((mention) => removal(mention, mention.eventTime + 10_000)),
      ]
      const kept = run(timeline(withGone, { endMs: streamEndMs(stream) })).filter(({ type }) => type !== 'forget')
      expect(kept).toEqual(effects)
      return effects
    })
  })

  it('a deletion takes away what its post had added to an issue, and no more', () => {
    let deleted = 0
    holds((stream, mentions, part) => {
      const effects = run(recordsOfStream(stream, mentions))
      const opened = openedIn(effects)[0]
      if (!opened) return effects
      // An hour on, so that the series still reaches back to every post.
      const end = opened.at + HOUR_MS
      const until = mentions.filter(({ eventTime }) => eventTime < end).map((mention) => arrivalOf(mention))
      const engine = newEngine()
      run(timeline(until, { endMs: end }), engine)
      const whole = looked(engine, opened.issueId)
      const gone = whole.mentionIds.filter((_, index) => index % 7 < 1 + part * 5)
      const left = whole.mentionIds.filter((id) => !gone.includes(id))
      if (left.length === 0) return effects
      deleted += gone.length
      const byId = new Map(mentions.map((mention) => [mention.id, mention]))
      run(
        gone.map((id) => removal(byId.get(id)!, end).record),
        engine,
        1_000_000,
      )
      const after = looked(engine, opened.issueId)
      expect(after.mentionIds).toEqual(left)
      expect(after.authors).toBe(new Set(left.map((id) => byId.get(id)!.author!.id)).size)
      expect(after.mentions + after.reposts).toBe(whole.mentions + whole.reposts - gone.length)
      expect(Object.values(after.platforms).reduce((sum, count) => sum + count, 0)).toBe(after.mentions)
      const stepOf = (id: string) => Math.floor(byId.get(id)!.eventTime / (10 * MINUTE_MS))
      const steps = new Set(left.map((id) => `${stepOf(id)} ${byId.get(id)!.author!.id}`))
      expect(after.people.reduce((sum, people) => sum + people, 0)).toBe(steps.size)
      return effects
    })
    expect(deleted).toBeGreaterThan(20)
  })
})
