import type { Mute, Sql } from '@outcry/contracts'
import { type BrandScope, inScope, scopeValue } from './list-filter.ts'
import { storableText } from './json-text.ts'

/** Mutes of one brand that may last at once; more are refused. */
export const MAX_MUTES = 200

const COLUMNS = `id, brand, issue_id AS "issueId", issue_type AS "issueType", owner, reason,
  created_at_ms AS "createdAt", until_ms AS "until"`

/** Mutes of a brand that last at `nowMs`. */
export const activeMutes = async (sql: Sql, brand: string, nowMs: number): Promise<Mute[]> => {
  const { rows } = await sql.query<Mute>(
    `SELECT ${COLUMNS} FROM outcry.mute WHERE brand = $1 AND until_ms > $2 ORDER BY until_ms, id`,
    [brand, nowMs],
  )
  return rows
}

/** Mutes that last at `nowMs`, those that end first before others. */
export const listMutes = async (sql: Sql, scope: BrandScope, nowMs: number): Promise<Mute[]> => {
  const { rows } = await sql.query<Mute>(
    `SELECT ${COLUMNS} FROM outcry.mute WHERE ${inScope('$1')} AND until_ms > $2 ORDER BY until_ms, id`,
    [scopeValue(scope), nowMs],
  )
  return rows
}

export const getMute = async (sql: Sql, id: string): Promise<Mute | null> => {
  const { rows } = await sql.query<Mute>(`SELECT ${COLUMNS} FROM outcry.mute WHERE id = $1`, [id])
  return rows[0] ?? null
}

/** Keeps a mute. False: the brand has as many as it may have. */
export const addMute = async (sql: Sql, mute: Mute): Promise<boolean> => {
  const { rowCount } = await sql.query(
    `INSERT INTO outcry.mute (id, brand, issue_id, issue_type, owner, reason, created_at_ms, until_ms)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8
     WHERE (SELECT count(*) FROM outcry.mute WHERE brand = $2 AND until_ms > $7) < ${MAX_MUTES}`,
    [
      mute.id,
      mute.brand,
      mute.issueId,
      mute.issueType,
      storableText(mute.owner),
      storableText(mute.reason),
      mute.createdAt,
      mute.until,
    ],
  )
  return rowCount === 1
}

/** Ends a mute now. False: it is over already. */
export const endMute = async (sql: Sql, id: string, nowMs: number): Promise<boolean> => {
  const { rowCount } = await sql.query('UPDATE outcry.mute SET until_ms = $2 WHERE id = $1 AND until_ms > $2', [
    id,
    nowMs,
  ])
  return rowCount === 1
}
