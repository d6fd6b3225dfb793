import { createPostgresBus } from '@outcry/bus'
import type { Config, SqlPool } from '@outcry/contracts'
import { type Clock, createMetrics, silentLogger, systemClock } from '@outcry/runtime'
import { createAlerter } from '../src/alerter.ts'

/** A real alerter at work on a database, with its topics on the PostgreSQL bus there. */
export const startAlerter = async (pool: SqlPool, config: Config, clock: Clock = systemClock) => {
  const base = { pool, clock, logger: silentLogger }
  const bus = createPostgresBus({ ...base, maxRecordBytes: 262_144 })
  await bus.ensureTopics(
    ['mentions', 'alerts'].map((name) => ({ name, partitions: 2, retentionMs: 1e9, maxRecordBytes: 262_144 })),
  )
  const metrics = createMetrics()
  const alerter = createAlerter({
    ...base,
    config,
    bus,
    metrics,
    publicUrl: 'https://outcry.example',
    random: () => 0,
  })
  await alerter.start()
  return {
    alerter,
    metrics,
    stop: async () => {
      await alerter.stop()
      await bus.close()
    },
  }
}
