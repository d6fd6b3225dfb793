import { foldEffects } from './fold-effects.ts'
import { storeBatch } from './store-batch.ts'
import { lockBrandAlerting, takePartition } from '@outcry/store'
import { createTestDatabase, lockWaits } from '@outcry/testkit'
import { expect, onTestFinished, test } from 'vitest'

test('a batch that forgets posts of two brands locks them in the order of everybody, however they came', async () => {
  const database = await createTestDatabase()
  onTestFinished(() => database.drop())
  const { pool } = database
  const key = { consumer: 'detector', topic: 'mentions', partition: 0 }
  const { position, epoch } = await takePartition(pool, { ...key, owner: 'test' })
  const effects = foldEffects(
    ['zeta', 'acme'].map((brand) => ({ type: 'forget' as const, brand, mentionIds: [`of-${brand}`] })),
  )
  const batch = { from: position, to: position + 1, appendedAtMs: null, effects, snapshots: null }
  const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const other = pool.transaction(async (tx) => {
    await lockBrandAlerting(tx, 'acme')
    begun.resolve()
    await goOn.promise
    await tx.query(`SET LOCAL lock_timeout = '1s'`)
    await lockBrandAlerting(tx, 'zeta')
  })
  await begun.promise
  const storing = storeBatch(pool, { ...key, epoch }, batch)
  await expect.poll(() => lockWaits(pool), { timeout: 20_000 }).toBe(1)
  goOn.resolve()
  await expect(Promise.all([other, storing])).resolves.toBeDefined()
})
