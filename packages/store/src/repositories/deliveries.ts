import type { Sql } from '@outcry/contracts'
import { jsonText, storableText } from './json-text.ts'

/** Notified when deliveries were planned or asked for again. */
export const DELIVERY_CHANNEL = 'outcry_delivery'

/**
 * No older message about the same issue still waits for the target. One look into the index for each that waits: as a
 * join the planner compares each with all, where a target was away for long.
 */
const FIRST_OF_ITS_KEY = `mine.id = (
  SELECT older.id FROM outcry.delivery AS older
  WHERE older.target = mine.target AND older.dedup_key = mine.dedup_key AND older.state = 'pending'
  ORDER BY older.alert_seq, older.id LIMIT 1)`

/** One alert to one target. The id is the webhook id, the same on every try. */
export type PlannedDelivery = {
  id: string
  alertId: string
  issueId: string
  brand: string
  target: string
  dedupKey: string
  /** Not before; at once where absent. */
  dueAtMs?: number
  body: unknown
}

/** Plans deliveries; one that is planned already is left as it is. */
export const planDeliveries = async (tx: Sql, rows: readonly PlannedDelivery[]): Promise<void> => {
  if (!rows.length) return
  await tx.query(
    `INSERT INTO outcry.delivery (id, alert_id, alert_seq, issue_id, brand, target, dedup_key, due_at, body)
     SELECT row.id, "alertId", coalesce(alert.seq, 0), "issueId", row.brand, target, "dedupKey",
       coalesce(to_timestamp("dueAtMs" / 1000.0), now()), row.body
     FROM jsonb_to_recordset($1) AS row (id text, "alertId" text, "issueId" text, brand text, target text,
       "dedupKey" text, "dueAtMs" bigint, body jsonb)
     LEFT JOIN outcry.alert AS alert ON alert.id = "alertId"
     ON CONFLICT (id) DO NOTHING`,
    [jsonText(rows)],
  )
  await tx.query('SELECT pg_notify($1, $2)', [DELIVERY_CHANNEL, ''])
}

export type ClaimedDelivery = {
  id: string
  alertId: string
  issueId: string
  brand: string
  target: string
  dedupKey: string
  /** 1 on the first try. Finish and retry name it, so that a claim that expired changes nothing. */
  attempt: number
  createdAtMs: number
  /** On the database's clock, when it was claimed: a machine whose clock jumps gives nothing up for its age. */
  ageMs: number
  body: unknown
}

/**
 * Claims due deliveries of a target for `leaseMs`. Never two of one dedup key at once, and always the oldest alert's
 * first: an issue's messages reach a target in order.
 */
export const claimDeliveries = async (
  sql: Sql,
  target: string,
  limit: number,
  leaseMs: number,
): Promise<ClaimedDelivery[]> => {
  const { rows } = await sql.query<ClaimedDelivery>(
    `UPDATE outcry.delivery SET attempts = attempts + 1, lease_until = now() + $3 * interval '1 ms'
     WHERE id IN (
       SELECT id FROM outcry.delivery AS mine
       WHERE target = $1 AND state = 'pending' AND due_at <= now() AND (lease_until IS NULL OR lease_until < now())
         AND ${FIRST_OF_ITS_KEY}
       ORDER BY alert_seq, id LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING id, alert_id AS "alertId", issue_id AS "issueId", brand, target, dedup_key AS "dedupKey",
       attempts AS attempt, (extract(epoch FROM created_at) * 1000)::bigint AS "createdAtMs",
       (extract(epoch FROM now() - created_at) * 1000)::bigint AS "ageMs", body`,
    [target, limit, leaseMs],
  )
  return rows
}

/** Keeps claims while their messages are on their way; one that has expired or ended is left as it is. */
export const renewClaims = async (
  sql: Sql,
  claims: readonly Pick<ClaimedDelivery, 'id' | 'attempt'>[],
  leaseMs: number,
): Promise<void> => {
  await sql.query(
    `UPDATE outcry.delivery AS delivery SET lease_until = now() + $3 * interval '1 ms'
     FROM unnest($1::text[], $2::int[]) AS mine (id, attempt)
     WHERE delivery.id = mine.id AND attempts = mine.attempt AND state = 'pending' AND lease_until IS NOT NULL`,
    [claims.map(({ id }) => id), claims.map(({ attempt }) => attempt), leaseMs],
  )
}

/** Milliseconds until the target's next delivery can be claimed; 0 when one can, null when none waits. */
export const nextDeliveryInMs = async (sql: Sql, target: string): Promise<number | null> => {
  const { rows } = await sql.query<{ waitMs: number | null }>(
    `SELECT ceil(extract(epoch FROM min(greatest(due_at, lease_until)) - now()) * 1000)::bigint AS "waitMs"
     FROM outcry.delivery AS mine WHERE target = $1 AND state = 'pending' AND ${FIRST_OF_ITS_KEY}`,
    [target],
  )
  const waitMs = rows[0]!.waitMs
  return waitMs === null ? null : Math.max(0, waitMs)
}

type Answer = { id: string; attempt: number; status?: number | null; error?: string | null }

const answerOf = ({ id, attempt, status, error }: Answer) => [
  id,
  attempt,
  status ?? null,
  error === undefined || error === null ? null : storableText(error),
]

/** Ends a claimed delivery. False: the claim had expired and another worker tries. */
export const finishDelivery = async (sql: Sql, answer: Answer & { state: 'delivered' | 'dead' }): Promise<boolean> => {
  const { rowCount } = await sql.query(
    `UPDATE outcry.delivery
     SET state = $5, last_status = $3, last_error = $4, lease_until = NULL, finished_at = now()
     WHERE id = $1 AND attempts = $2 AND state = 'pending'`,
    [...answerOf(answer), answer.state],
  )
  return rowCount === 1
}

/** Gives a claimed delivery back, to be tried again after `afterMs`. False: the claim had expired. */
export const retryDelivery = async (sql: Sql, answer: Answer & { afterMs: number }): Promise<boolean> => {
  const { rowCount } = await sql.query(
    `UPDATE outcry.delivery
     SET due_at = now() + $5 * interval '1 ms', last_status = $3, last_error = $4, lease_until = NULL
     WHERE id = $1 AND attempts = $2 AND state = 'pending'`,
    [...answerOf(answer), answer.afterMs],
  )
  return rowCount === 1
}

/** Ends what has waited a day for a target that is no longer configured; it can be redelivered once it is again. */
export const giveUpOrphans = async (sql: Sql, targets: readonly string[]): Promise<void> => {
  await sql.query(
    `UPDATE outcry.delivery
     SET state = 'dead', last_error = 'its target is not configured', lease_until = NULL, finished_at = now()
     WHERE state = 'pending' AND target <> ALL($1::text[]) AND created_at < now() - interval '1 day'`,
    [targets],
  )
}

/** A person asks for a delivery again, whatever became of it: same id, at once. False: there is none. */
export const redeliver = async (sql: Sql, id: string): Promise<boolean> => {
  const { rowCount } = await sql.query(
    `UPDATE outcry.delivery SET state = 'pending', attempts = 0, due_at = now(), lease_until = NULL, finished_at = NULL
     WHERE id = $1`,
    [id],
  )
  if (rowCount) await sql.query('SELECT pg_notify($1, $2)', [DELIVERY_CHANNEL, ''])
  return rowCount === 1
}
