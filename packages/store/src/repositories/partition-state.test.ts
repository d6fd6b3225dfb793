import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { advancePartition, partitionPositions, takePartition } from './partition-state.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

const topic = 'mentions'
let partition = 0

describe('partition state', () => {
  it('begins before the first record, in the first epoch', async () => {
    const taken = await takePartition(database.pool, { consumer: 'first', topic, partition: 0, owner: 'a' })
    expect(taken).toEqual({ position: -1, epoch: 1, appendedAtMs: null })
  })

  it('hands the position on and ends the earlier owner', async () => {
    const key = { consumer: 'handover', topic, partition: 0 }
    const a = await takePartition(database.pool, { ...key, owner: 'a' })
    expect(await advancePartition(database.pool, { ...key, epoch: a.epoch, from: -1, to: 9, appendedAtMs: 5 })).toBe(
      true,
    )
    const b = await takePartition(database.pool, { ...key, owner: 'b' })
    expect(b).toEqual({ position: 9, epoch: 2, appendedAtMs: 5 })
    expect(await advancePartition(database.pool, { ...key, epoch: a.epoch, from: 9, to: 20 })).toBe(false)
    expect(await partitionPositions(database.pool, 'handover', topic)).toEqual([
      { partition: 0, position: 9, owner: 'b' },
    ])
  })

  it('stores effects of each position exactly once, whoever believes to own the partition', async () => {
    await database.pool.query('CREATE TABLE effects (partition int, position bigint, owner text)')
    const step = fc.record({ owner: fc.constantFrom('a', 'b', 'c'), take: fc.boolean(), crash: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const key = { consumer: 'fence', topic, partition: partition++ }
        const believed = new Map<string, { position: number; epoch: number }>()
        for (const { owner, take, crash } of steps) {
          const state = believed.get(owner)
          if (take || !state) {
            believed.set(owner, await takePartition(database.pool, { ...key, owner }))
            continue
          }
          const to = state.position + 1
          await database.pool
            .transaction(async (tx) => {
              const mine = await advancePartition(tx, { ...key, epoch: state.epoch, from: state.position, to })
              if (!mine) throw new Error('let go')
              await tx.query('INSERT INTO effects VALUES ($1, $2, $3)', [key.partition, to, owner])
              if (crash) throw new Error('crashed before commit')
              believed.set(owner, { ...state, position: to })
            })
            .catch(() => believed.delete(owner))
        }
        const { rows } = await database.pool.query<{ position: number }>(
          'SELECT position FROM effects WHERE partition = $1 ORDER BY position',
          [key.partition],
        )
        const [stored] = (await partitionPositions(database.pool, 'fence', topic)).slice(-1)
        expect(rows.map(({ position }) => position)).toEqual(Array.from({ length: stored!.position + 1 }, (_, n) => n))
      }),
      { numRuns: 15 },
    )
  })
})
