import type { Sql } from '@outcry/contracts'

export const isPushSeen = async (sql: Sql, source: string, id: string): Promise<boolean> => {
  const { rows } = await sql.query('SELECT 1 FROM outcry.push_seen WHERE source = $1 AND id = $2', [source, id])
  return rows.length > 0
}

export const rememberPush = async (sql: Sql, source: string, id: string): Promise<void> => {
  await sql.query('INSERT INTO outcry.push_seen (source, id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [source, id])
}
