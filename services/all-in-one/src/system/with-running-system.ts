import type { Bus } from '@outcry/bus'
import type { OutcryError, SqlPool } from '@outcry/contracts'
import { type Clock, createLogger, type LoadedConfig } from '@outcry/runtime'
import { openDatabase } from '@outcry/store'
import type { CommandIo } from '../command-io.ts'
import { openBus } from './open-bus.ts'
import { onStopSignals } from './stop-signals.ts'

export type RunningSystem = { pool: SqlPool; bus: Bus; clock: Clock; signal: AbortSignal }

/** Runs `work` on the database and the bus of the running Outcry; a signal aborts it with `stopped`. */
export const withRunningSystem = async <T>(
  { config }: LoadedConfig,
  io: CommandIo,
  stopped: OutcryError,
  work: (deps: RunningSystem) => Promise<T>,
): Promise<T> => {
  const logger = createLogger({ ...config.log, level: 'error' })
  const database = await openDatabase({ ...config.database, dataDir: config.dataDir, logger, attach: true })
  const stopping = new AbortController()
  const release = onStopSignals(io.clock, {
    onFirst: () => stopping.abort(stopped),
    onAgain: (exitCode) => process.exit(exitCode),
  })
  try {
    const bus = openBus(config, { pool: database.pool, clock: io.clock, logger })
    try {
      return await work({ pool: database.pool, bus, clock: io.clock, signal: stopping.signal })
    } finally {
      await bus.close()
    }
  } finally {
    release()
    await database.close()
  }
}
