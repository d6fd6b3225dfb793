import type { Sql, SqlPool } from '@outcry/contracts'
import { errorCode } from './database-error.ts'

const ATTEMPTS = 5
const DEADLOCK = '40P01'

/** A transaction, run again where it and another waited for each other and the server gave this one up. */
export const patientTransaction = async <T>(pool: SqlPool, work: (tx: Sql) => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await pool.transaction(work)
    } catch (error) {
      if (attempt === ATTEMPTS || errorCode(error) !== DEADLOCK) throw error
    }
  }
}
