import { type Config, DAY_MS, type Sql, type SqlPool } from '@outcry/contracts'
import { fadeMentions } from './fade-mentions.ts'

/** Rows deleted in one statement: few enough that nobody waits for it. */
const STEP_ROWS = 1_000
/** Rows of one table deleted in one sweep; what is left is for the next one. */
const MAX_SWEEP_ROWS = 500_000
const IDEMPOTENCY_DAYS = 2
const PUSH_DAYS = 2
const COMMAND_DAYS = 30

/** Days that the rows of tables are kept. */
type KeptDays = Omit<Config['retention'], 'erasureHours'>

/** `allow` is a condition that lets the statement delete where a trigger refuses others. */
type Rule = { table: string; old: string; days: number; allow?: string }

const SETTLED = "state IN ('resolved', 'dismissed', 'merged')"
/** What tells the story of an issue stays for as long as it is open. */
const NOT_OPEN = `NOT EXISTS (SELECT FROM outcry.issue WHERE issue.id = old.issue_id AND NOT issue.${SETTLED})`

/** What is old, as SQL over $1 = the oldest time kept, in epoch milliseconds. */
const rulesOf = (retention: KeptDays): Rule[] => {
  const { mentions, issues, deliveries, bus, audit } = retention
  const before = (column: string) => `${column} < to_timestamp($1::bigint / 1000.0)`
  return [
    { table: 'mention', old: 'event_time_ms < $1::bigint', days: mentions },
    { table: 'mention_index', old: before('expires_at'), days: 0 },
    { table: 'delivery', old: `${before('finished_at')} AND state <> 'pending' AND ${NOT_OPEN}`, days: deliveries },
    { table: 'timeline', old: `${before('at')} AND ${NOT_OPEN}`, days: issues },
    { table: 'alert', old: `${before('stored_at')} AND ${NOT_OPEN}`, days: issues },
    {
      table: 'issue_event',
      old: `${before('stored_at')} AND ${NOT_OPEN} AND seq <= (
        SELECT event_seq FROM outcry.brand_alerting AS alerting WHERE alerting.brand = old.brand)`,
      days: issues,
    },
    { table: 'statement', old: `updated_at_ms < $1::bigint AND ${NOT_OPEN}`, days: issues },
    { table: 'complaint', old: `updated_at_ms < $1::bigint AND ${NOT_OPEN}`, days: issues },
    { table: 'issue', old: `updated_at_ms < $1::bigint AND ${SETTLED}`, days: issues },
    { table: 'suppressed_burst', old: 'at_ms < $1::bigint', days: mentions },
    { table: 'drill', old: 'ended_at_ms < $1::bigint', days: issues },
    { table: 'log_gap', old: 'at_ms < $1::bigint', days: issues },
    { table: 'mute', old: 'until_ms < $1::bigint', days: issues },
    {
      table: 'playbook',
      old: `at_ms < $1::bigint AND version < (
        SELECT max(version) FROM outcry.playbook AS newer WHERE newer.issue_type = old.issue_type)`,
      days: issues,
    },
    { table: 'known_event', old: 'coalesce(until_ms, at_ms) < $1::bigint', days: issues },
    // The trigger of the table lets nothing else delete.
    {
      table: 'audit',
      old: 'at_ms < $1::bigint',
      allow: `set_config('outcry.audit_change', 'retention', true) <> ''`,
      days: audit,
    },
    { table: 'idempotency', old: before('created_at'), days: IDEMPOTENCY_DAYS },
    { table: 'push_seen', old: before('seen_at'), days: PUSH_DAYS },
    // A move says which records of the log count where, until the log has none from before it.
    { table: 'brand_move', old: `${before('done_at')} AND state = 'done'`, days: bus + 1 },
    { table: 'command', old: `${before('created_at')} AND sent_at IS NOT NULL`, days: COMMAND_DAYS },
  ]
}

const deleteStep = async (sql: Sql, { table, old, allow = 'true' }: Rule, beforeMs: number): Promise<number> => {
  const { rowCount } = await sql.query(
    `DELETE FROM outcry.${table} WHERE ${allow} AND ctid = ANY(ARRAY(
       SELECT ctid FROM outcry.${table} AS old WHERE ${old} LIMIT ${STEP_ROWS} FOR UPDATE SKIP LOCKED))`,
    [beforeMs],
  )
  return rowCount ?? 0
}

/** What a sweep deleted, by table; `more` where it stopped at its bound. */
export type Sweep = { deleted: Record<string, number>; more: boolean }

/** The tables that grow with time; the others are bounded by what is configured and open. */
export const SWEPT_TABLES: readonly string[] = rulesOf({
  mentions: 1,
  issues: 1,
  deliveries: 1,
  bus: 1,
  deadLetters: 1,
  audit: 1,
}).map(({ table }) => table)

/**
 * Deletes what is older than the configuration keeps, in steps of 1,000 rows, each its own transaction, and at most half
 * a million rows of a table. Undecided events, pending deliveries, and open issues with their story stay however old,
 * and so does what an issue came to with posts that go.
 * Safe to stop anywhere and to run in several processes.
 */
export const runRetention = async (
  pool: SqlPool,
  retention: KeptDays,
  nowMs: number,
  options: { signal?: AbortSignal; maxRows?: number } = {},
): Promise<Sweep> => {
  const { signal, maxRows = MAX_SWEEP_ROWS } = options
  const deleted: Record<string, number> = {}
  let more = false
  await fadeMentions(pool, nowMs - retention.mentions * DAY_MS, signal)
  for (const rule of rulesOf(retention)) {
    let total = 0
    for (;;) {
      signal?.throwIfAborted()
      const rows = await deleteStep(pool, rule, nowMs - rule.days * DAY_MS)
      total += rows
      if (rows < STEP_ROWS) break
      if (total >= maxRows) {
        more = true
        break
      }
    }
    deleted[rule.table] = total
  }
  return { deleted, more }
}
