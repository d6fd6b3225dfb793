import type { Sql } from '@outcry/contracts'
import { storableText } from './json-text.ts'

/** Remembers a pushed webhook's id. False: it was pushed before. */
export const rememberPush = async (sql: Sql, source: string, id: string): Promise<boolean> => {
  const { rowCount } = await sql.query(
    'INSERT INTO outcry.push_seen (source, id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [source, storableText(id)],
  )
  return rowCount === 1
}

/** Whether a push with this id was accepted before. */
export const isPushSeen = async (sql: Sql, source: string, id: string): Promise<boolean> => {
  const { rows } = await sql.query('SELECT 1 FROM outcry.push_seen WHERE source = $1 AND id = $2', [
    source,
    storableText(id),
  ])
  return rows.length > 0
}
