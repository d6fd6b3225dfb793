import type { Sql, SqlPool } from '@outcry/contracts'
import { lockBrandAlerting } from './alerting-state.ts'
import { keepCounts } from './keep-counts.ts'

/** Puts on record what issues come to, before posts of theirs that were written earlier than `beforeMs` go by age. */
export const keepFadingCounts = async (pool: SqlPool, beforeMs: number, signal?: AbortSignal): Promise<void> => {
  const { rows } = await pool.query<{ brand: string; issueId: string }>(
    `SELECT DISTINCT brand, issue_id AS "issueId" FROM outcry.mention
     WHERE event_time_ms < $1::bigint AND issue_id IS NOT NULL ORDER BY brand, issue_id`,
    [beforeMs],
  )
  for (const { brand, issueId } of rows) {
    signal?.throwIfAborted()
    await pool.transaction(async (tx: Sql) => {
      await lockBrandAlerting(tx, brand)
      await keepCounts(tx, [issueId])
    })
  }
}
