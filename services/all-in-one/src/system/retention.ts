import { type Config, HOUR_MS, MINUTE_MS, type SqlPool } from '@outcry/contracts'
import type { Clock, Component, Logger, Metrics } from '@outcry/runtime'
import { earlierTime, runRetention, SWEPT_TABLES } from '@outcry/store'

/** Deletes what is older than the configuration keeps, hourly, or soon again where a sweep left some; harmless in several processes. */
export const createRetention = (options: {
  pool: SqlPool
  retention: Config['retention']
  clock: Clock
  logger: Logger
  metrics: Pick<Metrics, 'retentionDeleted' | 'retentionLastSweep'>
}): Component => {
  const { pool, retention, clock, logger, metrics } = options
  const stopping = new AbortController()
  const { signal } = stopping
  let running: Promise<void> = Promise.resolve()

  const sweep = async (): Promise<number> => {
    try {
      const { deleted, more } = await runRetention(pool, retention, await earlierTime(pool, clock.now()), { signal })
      for (const [table, rows] of Object.entries(deleted)) metrics.retentionDeleted.inc({ table }, rows)
      if (more) return MINUTE_MS
      metrics.retentionLastSweep.set(clock.now() / 1_000)
    } catch (error) {
      if (!signal.aborted) logger.warn({ error }, 'old rows could not be deleted, trying again in an hour')
    }
    return HOUR_MS
  }

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      const pauseMs = await sweep()
      await clock.sleep(pauseMs, signal).catch(() => undefined)
    }
  }

  return {
    name: 'retention',
    start: async () => {
      for (const table of SWEPT_TABLES) metrics.retentionDeleted.inc({ table }, 0)
      running = run()
    },
    stop: async () => {
      stopping.abort(new Error('retention is stopping'))
      await running
    },
  }
}
