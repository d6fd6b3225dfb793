import type { Sql, SqlPool } from '@outcry/contracts'
import { lockBrandAlerting } from './alerting-state.ts'
import { keepCounts } from './keep-counts.ts'

/** Rows of quotes taken out in one statement: few enough that nobody waits for it. */
const STEP_ROWS = 1_000

/** Where posts are quoted for people; alerts and messages hold none. */
const QUOTING = [
  { table: 'issue', path: ['evidence', 'exemplars'] },
  { table: 'issue_event', path: ['evidence', 'exemplars'] },
  { table: 'cluster', path: ['exemplars'] },
] as const

/**
 * Lets what was written before `beforeMs` fade from what is kept for longer than posts: no quote of it stays, which
 * nothing would lead to from its author, and what its issues come to with it goes on record.
 */
export const fadeMentions = async (pool: SqlPool, beforeMs: number, signal?: AbortSignal): Promise<void> => {
  const { rows } = await pool.query<{ brand: string; issueId: string }>(
    `SELECT DISTINCT brand, issue_id AS "issueId" FROM outcry.mention
     WHERE event_time_ms < $1::bigint AND issue_id IS NOT NULL ORDER BY brand, issue_id`,
    [beforeMs],
  )
  for (const { brand, issueId } of rows) {
    signal?.throwIfAborted()
    await pool.transaction(async (tx) => {
      await lockBrandAlerting(tx, brand)
      await keepCounts(tx, [issueId])
    })
  }
  for (const place of QUOTING) {
    do signal?.throwIfAborted()
    while ((await unquoteStep(pool, place, beforeMs)) === STEP_ROWS)
  }
}

/** A decision under way may write back what it read before: the next sweep finds it. */
const unquoteStep = async (sql: Sql, { table, path }: (typeof QUOTING)[number], beforeMs: number): Promise<number> => {
  const quotes = `$.${path.join('.')}[*]`
  const { rowCount } = await sql.query(
    `UPDATE outcry.${table} SET body = jsonb_set(body, '{${path.join(',')}}',
       jsonb_path_query_array(body, '${quotes} ? (@.at >= $before)', jsonb_build_object('before', $1::bigint)))
     WHERE ctid = ANY(ARRAY(SELECT ctid FROM outcry.${table}
       WHERE jsonb_path_exists(body, '${quotes} ? (@.at < $before)', jsonb_build_object('before', $1::bigint))
       LIMIT ${STEP_ROWS} FOR UPDATE SKIP LOCKED))`,
    [beforeMs],
  )
  return rowCount ?? 0
}
