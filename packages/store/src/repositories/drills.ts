import { type Drill, type DrillReport, SHADOW_MARK, type Sql } from '@outcry/contracts'
import { jsonText, storableText } from './json-text.ts'
import { type BrandScope, inScope, scopeValue } from './list-filter.ts'

const COLUMNS = `id, brand, scenario, seed, begun_by AS "begunBy", begun_at_ms AS "begunAt",
  plays_from_ms AS "playsFrom", sent_until_ms AS "sentUntil", ended_by AS "endedBy", ended_at_ms AS "endedAt", report`

/** Drills, the latest begun first, after a place in that order. */
export const listDrills = async (
  sql: Sql,
  scope: BrandScope,
  after: { begunAt: number; id: string } | null,
  limit: number,
): Promise<Drill[]> => {
  const { rows } = await sql.query<Drill>(
    `SELECT ${COLUMNS} FROM outcry.drill
     WHERE ${inScope('$1')} AND ($2::bigint IS NULL OR (begun_at_ms, id) < ($2, $3::text))
     ORDER BY begun_at_ms DESC, id DESC LIMIT $4`,
    [scopeValue(scope), after?.begunAt ?? null, after?.id ?? null, limit],
  )
  return rows
}

/** A drill; `lock` holds it for the transaction. */
export const getDrill = async (sql: Sql, id: string, { lock = false } = {}): Promise<Drill | null> => {
  const { rows } = await sql.query<Drill>(
    `SELECT ${COLUMNS} FROM outcry.drill WHERE id = $1 ${lock ? 'FOR UPDATE' : ''}`,
    [id],
  )
  return rows[0] ?? null
}

/** Keeps a new drill. False: one of this brand runs already. */
export const addDrill = async (sql: Sql, drill: Drill): Promise<boolean> => {
  const { rowCount } = await sql.query(
    `INSERT INTO outcry.drill (id, brand, scenario, seed, begun_by, begun_at_ms, plays_from_ms, sent_until_ms)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (brand) WHERE ended_at_ms IS NULL DO NOTHING`,
    [
      drill.id,
      drill.brand,
      drill.scenario,
      drill.seed,
      storableText(drill.begunBy),
      drill.begunAt,
      drill.playsFrom,
      drill.sentUntil,
    ],
  )
  return rowCount === 1
}

/** Drills of which something is still to be sent or deleted. */
export const unclearedDrills = async (sql: Sql): Promise<Drill[]> => {
  const { rows } = await sql.query<Drill>(`SELECT ${COLUMNS} FROM outcry.drill WHERE NOT cleared ORDER BY id`)
  return rows
}

/** Takes a drill for the transaction; null where another process has it or nothing is left to do. */
export const takeDrill = async (sql: Sql, id: string): Promise<Drill | null> => {
  const { rows } = await sql.query<Drill>(
    `SELECT ${COLUMNS} FROM outcry.drill WHERE id = $1 AND NOT cleared FOR UPDATE SKIP LOCKED`,
    [id],
  )
  return rows[0] ?? null
}

export const markDrillSent = async (sql: Sql, id: string, sentUntil: number): Promise<void> => {
  await sql.query('UPDATE outcry.drill SET sent_until_ms = $2 WHERE id = $1', [id, sentUntil])
}

export const markDrillEnded = async (
  sql: Sql,
  id: string,
  ended: { by: string; at: number; report: DrillReport },
): Promise<void> => {
  await sql.query('UPDATE outcry.drill SET ended_by = $2, ended_at_ms = $3, report = $4 WHERE id = $1', [
    id,
    storableText(ended.by),
    ended.at,
    jsonText(ended.report),
  ])
}

/** Whether a brand is that of a drill which has ended. */
export const isDrillOver = async (sql: Sql, brand: string): Promise<boolean> => {
  const [watched, id] = brand.split(SHADOW_MARK, 2)
  if (id === undefined) return false
  const { rowCount } = await sql.query(
    'SELECT FROM outcry.drill WHERE id = $1 AND brand = $2 AND ended_at_ms IS NOT NULL',
    [id, watched],
  )
  return rowCount === 1
}

/** Nothing is left of its shadow brand, nor will be. */
export const markDrillCleared = async (sql: Sql, id: string): Promise<void> => {
  await sql.query('UPDATE outcry.drill SET cleared = true WHERE id = $1', [id])
}
