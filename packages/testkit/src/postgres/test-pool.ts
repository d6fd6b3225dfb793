import { Client, type ClientBase, Pool, escapeIdentifier, types } from 'pg'
import type { Sql, SqlPool, SqlResult } from '@outcry/contracts'

const BIGINT_OID = 20

const getTypeParser: typeof types.getTypeParser = (oid: number, format?: unknown) =>
  oid === BIGINT_OID && format !== 'binary' ? Number : Reflect.apply(types.getTypeParser, types, [oid, format])

const asSql = (target: Pool | ClientBase): Sql => ({
  query: async <Row>(text: string, values?: readonly unknown[]): Promise<SqlResult<Row>> => {
    const { rows, rowCount } = await target.query(text, values as unknown[])
    return { rows: rows as Row[], rowCount }
  },
})

/** A plain pool for tests of adapters: statements, transactions, notifications; it does not reconnect. */
export const createTestPool = (url: string): SqlPool & { close(): Promise<void> } => {
  const connection = { connectionString: url, types: { getTypeParser } }
  const pool = new Pool({ ...connection, max: 10 })
  pool.on('error', () => undefined)
  const listeners = new Set<Client>()

  const transaction = async <T>(work: (tx: Sql) => Promise<T>): Promise<T> => {
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      const result = await work(asSql(client))
      await client.query('COMMIT')
      return result
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    } finally {
      client.release()
    }
  }

  return {
    ...asSql(pool),
    transaction,
    listen: async (channel, onNotify) => {
      const client = new Client(connection)
      client.on('error', () => undefined)
      client.on('notification', ({ payload }) => onNotify(payload ?? ''))
      await client.connect()
      await client.query(`LISTEN ${escapeIdentifier(channel)}`)
      listeners.add(client)
      return async () => void (listeners.delete(client) && (await client.end()))
    },
    close: async () => {
      await Promise.all([...listeners].map((client) => client.end()))
      await pool.end()
    },
  }
}
