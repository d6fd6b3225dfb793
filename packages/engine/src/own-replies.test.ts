import { type BusRecord, HOUR_MS, type IssueEvent, type Mention, MINUTE_MS, WEEK_MS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { START, madeMentions, mentionOf, recordsOf } from '../test/made-stream.ts'
import { createPartitionEngine } from './index.ts'

const crowd = madeMentions(7).filter(({ id }) => id.startsWith('burst-'))
const ownPost = (n: number, text: string, extra: Partial<Mention> = {}): Mention =>
  mentionOf(`own-${n}`, START + 8 * HOUR_MS + 30 * MINUTE_MS + n, text, 'acme', { byBrand: true, ...extra })

const run = (mentions: readonly Mention[], interruptAt = Infinity) => {
  let engine = createPartitionEngine({ idKey: 'key' })
  const records: BusRecord[] = recordsOf(
    'acme',
    mentions.toSorted((a, b) => a.eventTime - b.eventTime),
  )
  const effects = records.flatMap((record, at) => {
    if (at === interruptAt) {
      const [snapshot] = engine.snapshots()
      engine = createPartitionEngine({ idKey: 'key' })
      engine.restore('acme', snapshot!.position, snapshot!.version, snapshot!.body)
    }
    return engine.apply(at, START + WEEK_MS, record)
  })
  const events: IssueEvent[] = effects.flatMap((effect) => (effect.type === 'issue' ? [effect.event] : []))
  return { events, effects }
}
const more = Array.from({ length: 20 }, (_, n) =>
  mentionOf(
    `later-${n}`,
    START + 8 * HOUR_MS + (40 + n) * MINUTE_MS,
    `the checkout hangs when I pay, attempt ${n} of today`,
    `later-${n}`,
  ),
)

describe("what a brand's own accounts write", () => {
  it('is no complaint, whatever it says', () => {
    const sorry = crowd.map(({ text }, n) => ownPost(n, text))
    const { events, effects } = run([...madeMentions(7).filter(({ id }) => !id.startsWith('burst-')), ...sorry])
    expect(events).toEqual([])
    const rows = effects.flatMap((effect) =>
      effect.type === 'mention' && effect.mention.byBrand ? [effect.complaint] : [],
    )
    expect(rows).toEqual(sorry.map(() => 0))
  })

  it('answers the posts it replies to; the rest is the unanswered share, unknown where no reply was ever seen', () => {
    const last = (mentions: readonly Mention[]) => run([...madeMentions(7), ...more, ...mentions]).events.at(-1)!
    expect(last([]).evidence.unanswered).toBeUndefined()
    const replies = crowd.slice(0, 10).map(({ id }, n) => ownPost(n, 'sorry, we are on it', { parentId: id }))
    const { evidence } = last(replies)
    const answered = replies.filter(({ parentId }) => evidence.mentionIds.includes(parentId!)).length
    expect(answered).toBeGreaterThan(0)
    expect(evidence.unanswered).toBeCloseTo(1 - answered / evidence.mentionIds.length, 2)
  })

  it('is remembered over a restart', () => {
    const replies = crowd.slice(0, 10).map(({ id }, n) => ownPost(n, 'sorry, we are on it', { parentId: id }))
    const all = [...madeMentions(7), ...more, ...replies]
    expect(run(all, 350).events).toEqual(run(all).events)
  })
})
