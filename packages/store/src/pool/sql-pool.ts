import { Client, type ClientBase, Pool } from 'pg'
import type { Sql, SqlPool, SqlResult } from '@outcry/contracts'
import type { Logger } from '@outcry/runtime'
import { createListener } from './listener.ts'
import { valueTypes } from './value-types.ts'

export type SqlPoolOptions = {
  url: string
  poolSize: number
  logger: Logger
  /** Shown in pg_stat_activity. */
  name?: string
}

export type OwnedSqlPool = SqlPool & { close(): Promise<void> }

const CONNECT_TIMEOUT_MS = 10_000
/** A process frozen inside a transaction holds its locks, even a head row, so long; others go on after that. */
const IDLE_TRANSACTION_MS = 10_000

const asSql = (target: Pool | ClientBase): Sql => ({
  query: async <Row>(text: string, values?: readonly unknown[]): Promise<SqlResult<Row>> => {
    const { rows, rowCount } = await target.query(text, values as unknown[])
    return { rows: rows as Row[], rowCount }
  },
})

/** Connections for statements, transactions and notifications. A lost connection is logged, never thrown alone. */
export const createSqlPool = ({ url, poolSize, logger, name = 'outcry' }: SqlPoolOptions): OwnedSqlPool => {
  const connection = {
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_MS,
    keepAlive: true,
    types: valueTypes,
  }
  const pool = new Pool({ ...connection, max: poolSize })
  pool.on('error', (error) => logger.warn({ error }, 'idle database connection lost'))
  const listener = createListener(() => new Client(connection), logger)

  const transaction = async <T>(work: (tx: Sql) => Promise<T>): Promise<T> => {
    const client = await pool.connect()
    let broken: Error | undefined
    const onError = (error: Error) => (broken = error)
    client.on('error', onError)
    try {
      await client.query('BEGIN')
      const result = await work(asSql(client))
      await client.query('COMMIT')
      return result
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => (broken ??= failure))
      throw error
    } finally {
      client.off('error', onError)
      client.release(broken)
    }
  }

  let closing: Promise<void> | null = null
  const closeAll = async () => {
    await listener.close()
    await pool.end()
  }
  return {
    ...asSql(pool),
    transaction,
    listen: listener.listen,
    close: () => (closing ??= closeAll()),
  }
}
