import { type Config, DAY_MS, type Sql } from '@outcry/contracts'

/** Rows deleted in one statement: few enough that nobody waits for it. */
const STEP_ROWS = 1_000
const IDEMPOTENCY_DAYS = 2
const PUSH_DAYS = 2
const COMMAND_DAYS = 30

type Rule = { table: string; old: string; days: number }

const SETTLED = "state IN ('resolved', 'dismissed', 'merged')"

/** What is old, as SQL over $1 = the oldest time kept, in epoch milliseconds. */
const rulesOf = (retention: Config['retention']): Rule[] => {
  const { mentions, issues, deliveries } = retention
  const before = (column: string) => `${column} < to_timestamp($1::bigint / 1000.0)`
  return [
    { table: 'mention', old: 'event_time_ms < $1::bigint', days: mentions },
    { table: 'mention_index', old: before('expires_at'), days: 0 },
    { table: 'delivery', old: `${before('finished_at')} AND state <> 'pending'`, days: deliveries },
    { table: 'timeline', old: before('at'), days: issues },
    { table: 'alert', old: before('stored_at'), days: issues },
    {
      table: 'issue_event',
      old: `${before('stored_at')} AND seq <= (
        SELECT event_seq FROM outcry.brand_alerting AS alerting WHERE alerting.brand = old.brand)`,
      days: issues,
    },
    { table: 'issue', old: `updated_at_ms < $1::bigint AND ${SETTLED}`, days: issues },
    { table: 'suppressed_burst', old: 'at_ms < $1::bigint', days: mentions },
    { table: 'log_gap', old: 'at_ms < $1::bigint', days: issues },
    { table: 'idempotency', old: before('created_at'), days: IDEMPOTENCY_DAYS },
    { table: 'push_seen', old: before('seen_at'), days: PUSH_DAYS },
    { table: 'command', old: `${before('created_at')} AND sent_at IS NOT NULL`, days: COMMAND_DAYS },
  ]
}

const deleteStep = async (sql: Sql, { table, old }: Rule, beforeMs: number): Promise<number> => {
  const { rowCount } = await sql.query(
    `DELETE FROM outcry.${table} WHERE ctid = ANY(ARRAY(
       SELECT ctid FROM outcry.${table} AS old WHERE ${old} LIMIT ${STEP_ROWS} FOR UPDATE SKIP LOCKED))`,
    [beforeMs],
  )
  return rowCount ?? 0
}

/**
 * Deletes what is older than the configuration keeps, in steps of 1,000 rows, each its own transaction. Undecided
 * events, open issues and pending deliveries stay however old. Returns rows deleted by table; safe to stop anywhere
 * and to run in several processes.
 */
export const runRetention = async (
  sql: Sql,
  retention: Config['retention'],
  nowMs: number,
  signal?: AbortSignal,
): Promise<Record<string, number>> => {
  const deleted: Record<string, number> = {}
  for (const rule of rulesOf(retention)) {
    let total = 0
    for (;;) {
      signal?.throwIfAborted()
      const rows = await deleteStep(sql, rule, nowMs - rule.days * DAY_MS)
      total += rows
      if (rows < STEP_ROWS) break
    }
    deleted[rule.table] = total
  }
  return deleted
}
