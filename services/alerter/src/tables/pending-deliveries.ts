import type { Sql } from '@outcry/contracts'

/** How many deliveries wait, by target. */
export const pendingDeliveries = async (sql: Sql): Promise<Map<string, number>> => {
  const { rows } = await sql.query<{ target: string; pending: number }>(
    `SELECT target, count(*) AS pending FROM outcry.delivery WHERE state = 'pending' GROUP BY target`,
  )
  return new Map(rows.map((row) => [row.target, row.pending]))
}
