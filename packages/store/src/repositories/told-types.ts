import { type Sql, watchedBrand } from '@outcry/contracts'
import { type BrandScope, inScope, scopeValue } from './list-filter.ts'

/** Issues that one proposal looks at; the newest of a brand. */
const MAX_LEARNED = 300

/** An issue whose type a person said, from which later ones learn. Its words stand in the issue alone. */
export type ToldTypeRow = {
  issueId: string
  brand: string
  /** Null: none of the types. */
  told: string | null
  by: string
  /** Epoch ms. */
  at: number
  label: string
  terms: string[]
  /** What it was counted as. */
  issueType: string | null
}

const COLUMNS = `id AS "issueId", brand, body #>> '{type,id}' AS told, body #>> '{type,by}' AS by,
  (body #>> '{type,at}')::bigint AS at, label, body #> '{evidence,terms}' AS terms,
  body #>> '{evidence,issueType}' AS "issueType"`
const TEACHES = `body #>> '{type,by}' IS NOT NULL AND (body #>> '{type,teaches}')::boolean`

/** What a brand's proposals learn from, the newest first; a drill's shadow brand learns of its brand too. */
export const toldTypes = async (sql: Sql, brand: string): Promise<ToldTypeRow[]> => {
  const { rows } = await sql.query<ToldTypeRow>(
    `SELECT ${COLUMNS} FROM outcry.issue WHERE brand = ANY($1::text[]) AND ${TEACHES}
     ORDER BY opened_at_ms DESC, id DESC LIMIT ${MAX_LEARNED}`,
    [[...new Set([brand, watchedBrand(brand)])]],
  )
  return rows
}

/** Those of the brands in scope, of one type where given, by when they were told, the newest first, after a place. */
export const listToldTypes = async (
  sql: Sql,
  filter: { scope: BrandScope; told: string | null },
  after: { at: number; id: string } | null,
  limit: number,
): Promise<ToldTypeRow[]> => {
  const { rows } = await sql.query<ToldTypeRow>(
    `SELECT * FROM (SELECT ${COLUMNS} FROM outcry.issue WHERE ${inScope('$1')} AND ${TEACHES}) AS row
     WHERE ($2::text IS NULL OR told = $2) AND ($3::bigint IS NULL OR (at, "issueId") < ($3, $4::text))
     ORDER BY at DESC, "issueId" DESC LIMIT $5`,
    [scopeValue(filter.scope), filter.told, after?.at ?? null, after?.id ?? null, limit],
  )
  return rows
}
