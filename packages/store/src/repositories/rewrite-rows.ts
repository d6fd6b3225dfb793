import type { Sql, SqlPool } from '@outcry/contracts'
import { lockBrandAlerting } from './alerting-state.ts'
import { patientTransaction } from '../pool/patient-transaction.ts'
import { jsonText } from './json-text.ts'

/** A column where something stands that has to go, in a table whose rows are of a brand or not. */
export type Written = { table: string; column: string; ofBrand: boolean }

type Rewriting = Written & {
  /** SQL that is true of rows to look at: over the columns of the table, `said` (the column as JSON text) and $1. */
  holds: string
  wanted: readonly string[]
  rewrite: (said: unknown) => unknown
}

/** Rows rewritten at once: so long the brand's decisions wait. */
const STEP_ROWS = 100

type Found = { place: string; brand: string | null }

/** The rows of a column, each with its text made once: made for every word that is looked for it takes most of the time. */
const saidIn = ({ table, column }: Pick<Written, 'table' | 'column'>): string =>
  `outcry.${table} AS written, LATERAL (SELECT to_jsonb(${column})::text AS said OFFSET 0) AS made`

/**
 * Rewrites every row that a search finds, and answers in how many something changed. The search locks nothing: what it
 * finds is read again a few rows at a time, under the lock of its brand, so that no decision under way writes back what
 * it read before and every other brand goes on. Over when a search finds nothing that is left to do.
 */
export const rewriteRows = async (pool: SqlPool, rewriting: Rewriting): Promise<number> => {
  const { column, ofBrand, holds, wanted } = rewriting
  let rewritten = 0
  for (;;) {
    const { rows: found } = await pool.query<Found>(
      `SELECT written.ctid::text AS place, ${ofBrand ? 'brand' : 'NULL'} AS brand FROM ${saidIn(rewriting)}
       WHERE ${column} IS NOT NULL AND ${holds} ORDER BY brand, written.ctid`,
      [wanted],
    )
    let settled = 0
    for (const [brand, rows] of Map.groupBy(found, (row) => row.brand))
      for (let at = 0; at < rows.length; at += STEP_ROWS) {
        const places = rows.slice(at, at + STEP_ROWS).map(({ place }) => place)
        const step = await patientTransaction(pool, (tx) => rewriteStep(tx, rewriting, brand, places))
        rewritten += step.changed
        settled += step.unchanged
      }
    if (settled === found.length) return rewritten
  }
}

const rewriteStep = async (
  tx: Sql,
  rewriting: Rewriting,
  brand: string | null,
  places: readonly string[],
): Promise<{ changed: number; unchanged: number }> => {
  const { table, column, holds, wanted, rewrite } = rewriting
  if (brand !== null) await lockBrandAlerting(tx, brand)
  const { rows } = await tx.query<{ place: string; value: unknown }>(
    `SELECT written.ctid::text AS place, to_jsonb(${column}) AS value FROM ${saidIn(rewriting)}
     WHERE written.ctid = ANY($2::text[]::tid[]) AND ${column} IS NOT NULL AND ${holds}
     ORDER BY written.ctid FOR UPDATE OF written`,
    [wanted, places],
  )
  const changed = rows.flatMap(({ place, value }) => {
    const kept = rewrite(value)
    return jsonText(kept) === jsonText(value) ? [] : [{ place, kept: { [column]: kept } }]
  })
  if (changed.length > 0)
    await tx.query(
      `UPDATE outcry.${table} AS written SET ${column} = kept.${column}
       FROM jsonb_array_elements($1::jsonb) AS one (row), jsonb_populate_record(NULL::outcry.${table}, row -> 'kept') AS kept
       WHERE written.ctid = (row ->> 'place')::tid`,
      [jsonText(changed)],
    )
  return { changed: changed.length, unchanged: rows.length - changed.length }
}
