import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { IssueEvent } from '@outcry/contracts'
import { createTestDatabase, lockWaits, type TestDatabase } from '@outcry/testkit'
import { lockBrandAlerting, saveBrandAlerting } from './alerting-state.ts'
import { appendIssueEvents, brandsWithEvents, issueEventsAfter } from './issue-events.ts'
import { anEvent } from './rows-for-tests.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

const append = (...events: IssueEvent[]) => database.pool.transaction((tx) => appendIssueEvents(tx, events))

describe('issue events', () => {
  it('keeps an event under its first sequence however often it is stated', async () => {
    const [first] = await append(anEvent({ id: 'once', brand: 'again' }))
    const [second, other] = await append(
      anEvent({ id: 'once', brand: 'again' }),
      anEvent({ id: 'twice', brand: 'again' }),
    )
    expect([second, other]).toEqual([first, first! + 1])
    const stored = await issueEventsAfter(database.pool, 'again', 0, 10)
    expect(stored.map(({ event }) => event.id)).toEqual(['once', 'twice'])
  })

  it('gives one sequence to an event stated twice in one batch', async () => {
    const seqs = await append(anEvent({ id: 'same' }), anEvent({ id: 'same' }), anEvent({ id: 'next' }))
    expect(seqs).toEqual([seqs[0], seqs[0], seqs[0]! + 1])
  })

  it('makes a later writer wait, so that nothing appears below what a reader has seen', async () => {
    let finishEarlier = () => {}
    const held = new Promise<void>((resolve) => (finishEarlier = resolve))
    let earlierHolds = () => {}
    const holding = new Promise<void>((resolve) => (earlierHolds = resolve))
    const order: string[] = []
    const earlier = database.pool
      .transaction(async (tx) => {
        const seqs = await appendIssueEvents(tx, [anEvent({ id: 'slow', brand: 'race' })])
        earlierHolds()
        await held
        return seqs
      })
      .finally(() => order.push('earlier'))
    await holding
    const later = append(anEvent({ id: 'quick', brand: 'race' })).finally(() => order.push('later'))
    await vi.waitFor(async () => expect(await lockWaits(database.pool)).toBe(1))
    expect(await issueEventsAfter(database.pool, 'race', 0, 10)).toEqual([])
    finishEarlier()
    const [[low], [high]] = await Promise.all([earlier, later])
    expect(order).toEqual(['earlier', 'later'])
    expect(high).toBe(low! + 1)
  })

  it('leaves no hole, whatever fails', async () => {
    const before = (await append(anEvent({ id: 'start', brand: 'holes' })))[0]!
    let made = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }), async (fails) => {
        await Promise.all(
          fails.map((fail) =>
            database.pool
              .transaction(async (tx) => {
                await appendIssueEvents(tx, [anEvent({ id: `hole-${made++}`, brand: 'holes' })])
                if (fail) throw new Error('roll back')
              })
              .catch(() => undefined),
          ),
        )
        const seqs = (await issueEventsAfter(database.pool, 'holes', before, 1_000)).map(({ seq }) => seq)
        expect(seqs).toEqual(seqs.map((_, index) => before + 1 + index))
      }),
      { numRuns: 10 },
    )
  })

  it('names the brands with undecided events', async () => {
    const seqs = await append(anEvent({ id: 'w1', brand: 'waiting' }), anEvent({ id: 'w2', brand: 'waiting' }))
    expect(await brandsWithEvents(database.pool)).toContain('waiting')
    await database.pool.transaction(async (tx) => {
      const { eventSeq, body } = await lockBrandAlerting(tx, 'waiting')
      expect({ eventSeq, body }).toEqual({ eventSeq: 0, body: {} })
      await saveBrandAlerting(tx, { brand: 'waiting', eventSeq: seqs.at(-1)!, body: { pages: [1] } })
    })
    expect(await brandsWithEvents(database.pool)).not.toContain('waiting')
  })

  it('keeps text no database likes as harmless text', async () => {
    const label = 'nul \u0000 and half a pair \ud800'
    await append(anEvent({ id: 'hostile', brand: 'hostile', clusterId: label }))
    const [stored] = await issueEventsAfter(database.pool, 'hostile', 0, 10)
    expect(stored?.event.clusterId).toBe('nul \ufffd and half a pair \ufffd')
  })

  it('wakes those who listen once it is committed', async () => {
    const heard: string[] = []
    const stop = await database.pool.listen('outcry_issue_event', (payload) => heard.push(payload))
    const [seq] = await append(anEvent({ id: 'loud' }))
    await vi.waitFor(() => expect(heard).toEqual([String(seq)]))
    await stop()
  })
})
