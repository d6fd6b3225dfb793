import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Alert } from '@outcry/contracts'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { alertsAfter, appendAlerts, latestAlertSeq } from './alerts.ts'
import { anAlert } from './rows-for-tests.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

const append = (...alerts: Alert[]) => database.pool.transaction((tx) => appendAlerts(tx, alerts))

describe('alerts', () => {
  it('begins before the first', async () => {
    expect(await latestAlertSeq(database.pool)).toBe(0)
  })

  it('is read in order from any sequence, by brand and kind', async () => {
    await append(
      anAlert({ id: 'a1', brand: 'acme' }),
      anAlert({ id: 'a2', brand: 'beta' }),
      anAlert({ id: 'a3', brand: 'acme', kind: 'escalated' }),
    )
    expect(await append(anAlert({ id: 'a2', brand: 'beta' }))).toEqual([2])
    const read = async (seq: number, filter: Parameters<typeof alertsAfter>[2]) =>
      (await alertsAfter(database.pool, seq, filter, 10)).map(({ alert }) => alert.id)
    expect(await read(0, {})).toEqual(['a1', 'a2', 'a3'])
    expect(await read(1, { brands: ['acme'] })).toEqual(['a3'])
    expect(await read(0, { kinds: ['opened'] })).toEqual(['a1', 'a2'])
    expect(await latestAlertSeq(database.pool)).toBe(3)
  })
})
