import type { Sql } from '@outcry/contracts'

/** The earlier of this machine's time and the database's: where something is deleted for its age, a clock that jumped ahead must not decide. */
export const earlierTime = async (sql: Sql, nowMs: number): Promise<number> => {
  const { rows } = await sql.query<{ now: number }>(
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now',
  )
  return Math.min(nowMs, Math.floor(rows[0]!.now))
}
