import type { AppendRecord } from '@outcry/bus'
import { appendCommand, partitionOfBrands } from '@outcry/store'
import { createTestDatabase } from '@outcry/testkit'
import { expect, onTestFinished, test } from 'vitest'
import { relayCommands } from './command-relay.ts'

test('a command of a drill goes where its brand lives, and takes up no place of its own', async () => {
  const database = await createTestDatabase()
  onTestFinished(() => database.drop())
  const { pool } = database
  const places = await partitionOfBrands(pool, ['acme', 'globex', 'zeta'], 3)
  for (const [at, brand] of ['globex#drill-checkout-1', 'zeta'].entries()) {
    const command = { type: 'dismiss', issueId: `i${at}`, reason: '' } as const
    await pool.transaction((tx) => appendCommand(tx, { id: `c${at}`, brand, issueId: `i${at}`, actor: 'ann', command }))
  }
  const sent: AppendRecord[] = []
  const append = async (_topic: string, records: AppendRecord[]) => {
    sent.push(...records)
    return records.map(({ partition }, position) => ({ partition, position }))
  }
  await relayCommands(pool, { append }, 3)
  expect(sent.map(({ partition }) => partition)).toEqual([places.get('globex'), places.get('zeta')])
  const { rows } = await pool.query('SELECT brand FROM outcry.brand_partition ORDER BY brand')
  expect(rows).toEqual([{ brand: 'acme' }, { brand: 'globex' }, { brand: 'zeta' }])
})
