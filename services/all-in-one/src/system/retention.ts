import { type Config, HOUR_MS, type SqlPool } from '@outcry/contracts'
import type { Clock, Component, Logger } from '@outcry/runtime'
import { runRetention } from '@outcry/store'

/** Deletes what is older than the configuration keeps, hourly; harmless in several processes. */
export const createRetention = (options: {
  pool: SqlPool
  retention: Config['retention']
  clock: Clock
  logger: Logger
}): Component => {
  const { pool, retention, clock, logger } = options
  const stopping = new AbortController()
  let running: Promise<void> = Promise.resolve()

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await runRetention(pool, retention, clock.now(), stopping.signal)
      } catch (error) {
        if (!stopping.signal.aborted) logger.warn({ error }, 'old rows could not be deleted, trying again in an hour')
      }
      await clock.sleep(HOUR_MS, stopping.signal).catch(() => undefined)
    }
  }

  return {
    name: 'retention',
    start: async () => {
      running = run()
    },
    stop: async () => {
      stopping.abort(new Error('retention is stopping'))
      await running
    },
  }
}
