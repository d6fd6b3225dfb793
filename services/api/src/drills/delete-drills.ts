import { SHADOW_MARK, type Sql } from '@outcry/contracts'

/** What is kept by brand; deliveries first, so that nothing of a deleted drill is sent. */
export const TABLES_BY_BRAND = [
  'delivery',
  'alert',
  'timeline',
  'statement',
  'complaint',
  'issue',
  'issue_event',
  'mention',
  'mute',
  'cluster',
  'suppressed_burst',
  'brand_snapshot',
  'brand_alerting',
  'command',
  'brand_move',
  'brand_partition',
]

/** Deletes everything of one shadow brand; returns how many rows. */
export const deleteDrill = (sql: Sql, shadow: string): Promise<number> => deleteWhere(sql, 'brand = $1', shadow)

/** Deletes what drills of earlier runs left behind; those that people are at, or that are being cleared, stay. */
export const deleteDrills = (sql: Sql): Promise<number> =>
  deleteWhere(
    sql,
    `position($1 in brand) > 0 AND brand <> ALL (
       ARRAY(SELECT drill.brand || $1 || drill.id FROM outcry.drill AS drill WHERE NOT cleared))`,
    SHADOW_MARK,
  )

const deleteWhere = async (sql: Sql, condition: string, value: string): Promise<number> => {
  let deleted = 0
  for (const table of TABLES_BY_BRAND) {
    const { rowCount } = await sql.query(`DELETE FROM outcry.${table} WHERE ${condition}`, [value])
    deleted += rowCount ?? 0
  }
  return deleted
}
