import { OutcryError, type SqlPool } from '@outcry/contracts'
import type { Logger } from '@outcry/runtime'
import { attachEmbedded, startEmbedded } from './embedded/embedded-postgres.ts'
import { migrate } from './migrate.ts'
import { databaseError } from './pool/database-error.ts'
import { redactUrl } from './pool/redact-url.ts'
import { createSqlPool } from './pool/sql-pool.ts'

export type OpenDatabaseOptions = {
  /** A PostgreSQL of the user's own; the embedded one of `dataDir` where absent. */
  url?: string | undefined
  dataDir: string
  poolSize: number
  logger: Logger
  /** Use the embedded server that another process runs, instead of starting it. */
  attach?: boolean
  /** Shown in pg_stat_activity. */
  name?: string
}

export type Database = {
  pool: SqlPool
  /** Address for people, without the password. */
  address: string
  embedded: boolean
  /** Closes every connection, then stops the embedded server if this process started it. Safe twice. */
  close(): Promise<void>
}

/** What `pg` would otherwise take for the name of a host. */
const refuseOtherUrl = (url: string): void => {
  if (/^postgres(ql)?:\/\//.test(url)) return
  const fault = {
    path: 'database.url',
    message: 'is no postgres:// address',
    fix: 'Write postgres://user:password@host:5432/database.',
  }
  throw new OutcryError('CONFIG_INVALID', 'The address of the database cannot be used', {
    faults: [fault],
    exitCode: 2,
  })
}

const serverFor = async ({ url, dataDir, attach, logger }: OpenDatabaseOptions) => {
  if (url !== undefined) refuseOtherUrl(url)
  if (url !== undefined) return { url, stop: async () => undefined }
  if (attach) return { ...(await attachEmbedded(dataDir)), stop: async () => undefined }
  return startEmbedded(dataDir, { logger })
}

/**
 * Opens the database and brings its schema up to date: one code path through `pg`, whoever runs the server. Throws an
 * `OutcryError` with the fix (`CONFIG_INVALID`, `DATABASE_*`, `DATA_DIR_UNWRITABLE`, `DISK_FULL`).
 */
export const openDatabase = async (options: OpenDatabaseOptions): Promise<Database> => {
  const { logger, poolSize, name } = options
  const server = await serverFor(options)
  const pool = createSqlPool({ url: server.url, poolSize, logger, ...(name === undefined ? {} : { name }) })
  const closeAll = async () => {
    await pool.close()
    await server.stop()
  }
  let closing: Promise<void> | null = null
  const close = () => (closing ??= closeAll())
  try {
    await migrate(pool, logger)
  } catch (error) {
    await close()
    throw databaseError(error, server.url)
  }
  return { pool, address: redactUrl(server.url), embedded: options.url === undefined, close }
}
