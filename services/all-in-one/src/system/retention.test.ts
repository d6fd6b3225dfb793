import { DAY_MS } from '@outcry/contracts'
import { type Clock, createMetrics, silentLogger, systemClock } from '@outcry/runtime'
import { createTestDatabase } from '@outcry/testkit'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createRetention } from './retention.ts'

const retention = { mentions: 30, issues: 730, deliveries: 90, bus: 7, deadLetters: 30, erasureHours: 24, audit: 730 }

it('sweeps by the earlier of both clocks, so that one that jumped ahead deletes nothing young; and shows what it did', async () => {
  const database = await createTestDatabase()
  onTestFinished(() => database.drop())
  await database.pool.query(
    `INSERT INTO outcry.push_seen (source, id, seen_at) VALUES
       ('shop', 'young', now() - interval '1 day'), ('shop', 'old', now() - interval '3 days')`,
  )
  const ahead: Clock = { ...systemClock, now: () => Date.now() + 60 * DAY_MS }
  const metrics = createMetrics()
  const sweeping = createRetention({ pool: database.pool, retention, clock: ahead, logger: silentLogger, metrics })
  await sweeping.start()
  await vi.waitFor(async () =>
    expect((await metrics.expose()).body).toContain('outcry_retention_deleted_rows_total{table="push_seen"} 1'),
  )
  await sweeping.stop()
  const { rows } = await database.pool.query('SELECT id FROM outcry.push_seen')
  expect(rows).toEqual([{ id: 'young' }])
})
