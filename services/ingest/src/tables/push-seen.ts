import type { Sql } from '@outcry/contracts'

/** Whether a push with this id was accepted before. */
export const isPushSeen = async (sql: Sql, source: string, id: string): Promise<boolean> => {
  const { rows } = await sql.query('SELECT 1 FROM outcry.push_seen WHERE source = $1 AND id = $2', [source, id])
  return rows.length > 0
}
