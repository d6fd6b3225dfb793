import type { Sql } from '@outcry/contracts'

/** How many connections of the database wait for a lock at this moment. */
export const lockWaits = async (sql: Sql): Promise<number> => {
  const { rows } = await sql.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )
  return rows.length
}
