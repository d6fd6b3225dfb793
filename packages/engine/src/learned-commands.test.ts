import { type BusRecord, type CountingCommand, HOUR_MS, type Mention, MINUTE_MS, WEEK_MS } from '@outcry/contracts'
import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { START, madeMentions, mentionOf, recordsOf } from '../test/made-stream.ts'
import { type Effect, createPartitionEngine } from './index.ts'

const LOGIN = [
  'cannot log in, password reset mail never comes',
  'login fails again, the password reset mail never comes',
]
const locked = Array.from({ length: 20 }, (_, at) =>
  mentionOf(`login-${at}`, START + 9 * HOUR_MS + at * MINUTE_MS, `${LOGIN[at % 2]!} on day ${at}`, `locked-${at}`),
)
const later = START + 9 * HOUR_MS + 20 * MINUTE_MS
const begun = recordsOf(
  'acme',
  [...madeMentions(7), ...locked]
    .filter(({ eventTime }) => eventTime < later)
    .toSorted((a, b) => a.eventTime - b.eventTime),
)
const issuesIn = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.type === 'issue' ? [effect.event] : []))
/** Where each mention is after these effects, as the database has it. */
const placesIn = (effects: readonly Effect[]) => {
  const places = new Map<string, string | null>()
  for (const effect of effects) {
    if (effect.type === 'mention') places.set(effect.mention.id, effect.issueId)
    if (effect.type === 'assign' && effect.issueId) for (const id of effect.mentionIds) places.set(id, effect.issueId)
    if (effect.type === 'removed') for (const id of effect.mentionIds) places.set(id, null)
  }
  return places
}
const command = (said: CountingCommand, commandId: string): BusRecord => ({
  v: 1,
  kind: 'command',
  brand: 'acme',
  commandId,
  command: said,
})
const after = (minute: number, id: string, text: string, extra: Partial<Mention> = {}) =>
  recordsOf('acme', [mentionOf(id, later + minute * MINUTE_MS, text, `by-${id}`, extra)])
/** Time goes on, so that what is held is taken. */
const idle = (minute: number): BusRecord[] =>
  recordsOf('acme', []).concat({
    v: 1,
    kind: 'heartbeat',
    source: 'file',
    state: 'live',
    sourceTime: later + minute * MINUTE_MS,
    brands: ['acme'],
    sentAt: later,
  })

const run = (records: readonly BusRecord[], interruptAt = Infinity): Effect[] => {
  let engine = createPartitionEngine({ idKey: 'key' })
  return records.flatMap((record, at) => {
    if (at === interruptAt) {
      const snapshots = engine.snapshots()
      engine = createPartitionEngine({ idKey: 'key' })
      for (const { brand, position, version, body } of snapshots)
        if (!engine.restore(brand, position, version, body)) throw new Error('not restored')
    }
    return engine.apply(at, START + WEEK_MS, record)
  })
}

describe('what people say of the posts of an issue', () => {
  let checkout: string
  let login: string
  beforeEach(() => {
    const [first, second] = issuesIn(run(begun)).filter(({ kind }) => kind === 'opened')
    checkout = first!.issueId
    login = second!.issueId
  })

  it('takes a removed post out of evidence and counts, and an edit of it does not bring it back', () => {
    const before = issuesIn(run(begun)).findLast(({ issueId }) => issueId === login)!.evidence
    const gone = before.mentionIds.at(-1)!
    const edit = after(3, gone, `${LOGIN[0]!} still`, { op: 'update', rev: '2' })
    const effects = run([
      ...begun,
      command({ type: 'remove', issueId: login, mentionIds: [gone] }, 'r1'),
      ...edit,
      ...idle(30),
      command({ type: 'resolve', issueId: login }, 'look'),
    ])
    const corrected = issuesIn(effects).find(({ kind }) => kind === 'evidence')!
    expect(corrected).toMatchObject({ issueId: login, commandId: 'r1' })
    expect(corrected.evidence.mentionIds).not.toContain(gone)
    expect(issuesIn(effects).at(-1)!.evidence.mentionIds).not.toContain(gone)
    expect(placesIn(effects).get(gone)).toBeNull()
    const shown = effects.findLast((effect) => effect.type === 'mention' && effect.mention.id === gone)
    expect(shown).toMatchObject({ clusterId: null, issueId: null, mention: { rev: '2' } })
  })

  it('lets what says the same as a removed post join that issue no more, and others as before', () => {
    const text = `${LOGIN[0]!} on day 18`
    const records = (removed: boolean) => [
      ...begun,
      ...(removed ? [command({ type: 'remove', issueId: login, mentionIds: ['login-18'] }, 'r1')] : []),
      ...after(3, 'same', text),
      ...after(6, 'repost', text, { repostOf: 'login-18' }),
      ...after(9, 'other', 'password reset mail never comes, so I cannot log in to my account'),
      ...idle(30),
    ]
    const places = (removed: boolean) =>
      ['same', 'repost', 'other'].map((id) => placesIn(run(records(removed))).get(id))
    expect(places(false)).toEqual([login, login, login])
    expect(places(true)).toEqual([null, null, login])
  })

  it('sends what is like the posts that were split off to the issue that they became', () => {
    const away = locked.filter((_, at) => at % 2 === 1).map(({ id }) => id)
    const effects = run([
      ...begun,
      command({ type: 'split', issueId: login, mentionIds: away }, 's1'),
      ...after(3, 'like', `${LOGIN[1]!} on day 30`),
      ...idle(30),
    ])
    const [part, rest] = issuesIn(effects).slice(-2)
    expect([part, rest]).toMatchObject([
      { kind: 'split', splitFrom: login },
      { kind: 'evidence', issueId: login },
    ])
    expect(placesIn(effects).get('like')).toBe(part!.issueId)
  })

  it('sends what is like a merged issue to the one that took it in', () => {
    const effects = run([
      ...begun,
      command({ type: 'merge', issueId: login, into: checkout }, 'm1'),
      ...after(3, 'like', `${LOGIN[1]!} on day 30`),
      ...idle(30),
    ])
    expect(placesIn(effects).get('like')).toBe(checkout)
  })

  it('is the same after a restart anywhere in between, and no removed post is ever of an issue again', () => {
    const ids = [...locked, ...madeMentions(7).filter(({ id }) => id.startsWith('burst-'))].map(({ id }) => id)
    const said = fc.oneof(
      fc.record({ type: fc.constant('remove' as const), mentionIds: fc.subarray(ids, { minLength: 1, maxLength: 4 }) }),
      fc.record({ type: fc.constant('split' as const), mentionIds: fc.subarray(ids, { minLength: 1, maxLength: 6 }) }),
      fc.constant({ type: 'merge' as const }),
    )
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 4 }), fc.nat(12), (commands, cut) => {
        const removed = new Set(commands.flatMap((each) => (each.type === 'remove' ? each.mentionIds : [])))
        const told = commands.map((each, at) =>
          command(
            each.type === 'merge'
              ? { type: 'merge', issueId: login, into: checkout }
              : { ...each, issueId: each.mentionIds[0]!.startsWith('login') ? login : checkout },
            `c${at}`,
          ),
        )
        const again = [...removed].flatMap((id, at) =>
          after(3 * (at + 1), id, `${LOGIN[0]!} edited ${at}`, { op: 'update', rev: `e${at}` }),
        )
        const records = [...begun, ...told, ...again, ...idle(60)]
        const effects = run(records)
        expect(run(records, begun.length + Math.min(cut, told.length + again.length))).toEqual(effects)
        const tail = run([...begun, ...told, ...again, ...idle(60)]).slice(run([...begun, ...told]).length)
        const shown = tail.flatMap((effect) =>
          effect.type === 'mention' && removed.has(effect.mention.id) ? [effect.issueId] : [],
        )
        expect(shown).toEqual(again.filter(({ kind }) => kind === 'mention').map(() => null))
      }),
      { numRuns: 12 },
    )
  }, 60_000)
})
