import type { SqlPool } from '@outcry/contracts'
import { databaseError, isTransientDatabaseError } from './database-error.ts'

/**
 * The same pool for those who answer people: a database that is away, full or has no connection left is an OutcryError
 * that says what to do. Anything else is a fault of ours and stays as it is.
 */
export const explainedPool = (pool: SqlPool): SqlPool => {
  const explain = (error: unknown): never => {
    throw isTransientDatabaseError(error) || isDiskFull(error) ? databaseError(error, '') : error
  }
  return {
    query: (text, values) => pool.query(text, values).catch(explain),
    transaction: (work) => pool.transaction(work).catch(explain),
    listen: (channel, onNotify) => pool.listen(channel, onNotify),
  } as SqlPool
}

const isDiskFull = (error: unknown): boolean =>
  error !== null && typeof error === 'object' && 'code' in error && error.code === '53100'
