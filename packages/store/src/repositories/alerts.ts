import type { Alert, Evidence, Sql } from '@outcry/contracts'
import { lockHead, moveHead, readHead } from './head-sequence.ts'
import { jsonText } from './json-text.ts'

/** Notified with the newest sequence when alerts were committed. */
export const ALERT_CHANNEL = 'outcry_alert'

/**
 * Appends to the feed in array order and returns each alert's sequence; one that is there already keeps its own.
 * Holds the head until commit: make this one of the transaction's last statements.
 */
export const appendAlerts = async (tx: Sql, alerts: readonly Alert[]): Promise<number[]> => {
  if (!alerts.length) return []
  const last = await lockHead(tx, 'alert')
  const { rows } = await tx.query<{ id: string; seq: number }>(
    'SELECT id, seq FROM outcry.alert WHERE id = ANY($1::text[])',
    [alerts.map(({ id }) => id)],
  )
  const seqs = new Map(rows.map(({ id, seq }) => [id, seq]))
  const fresh: { seq: number; alert: Alert }[] = []
  for (const alert of alerts) {
    if (seqs.has(alert.id)) continue
    const seq = last + fresh.length + 1
    seqs.set(alert.id, seq)
    fresh.push({ seq, alert })
  }
  if (fresh.length) {
    await tx.query(
      `INSERT INTO outcry.alert (seq, id, issue_id, brand, kind, page, at_ms, body)
       SELECT seq, alert->>'id', alert->>'issueId', alert->>'brand', alert->>'kind', (alert->>'page')::boolean,
         (alert->>'at')::bigint, alert
       FROM jsonb_to_recordset($1) AS row (seq bigint, alert jsonb)`,
      [jsonText(fresh)],
    )
    const newest = last + fresh.length
    await moveHead(tx, 'alert', newest)
    await tx.query('SELECT pg_notify($1, $2)', [ALERT_CHANNEL, String(newest)])
  }
  return alerts.map(({ id }) => seqs.get(id)!)
}

export type StoredAlert = { seq: number; alert: Alert; storedAtMs: number }

/** Alerts after a sequence, oldest first; sequences may skip where filters do. */
export const alertsAfter = async (
  sql: Sql,
  seq: number,
  filter: { brands?: readonly string[] | undefined; kinds?: readonly string[] | undefined },
  limit: number,
): Promise<StoredAlert[]> => {
  const { rows } = await sql.query<StoredAlert>(
    `SELECT seq, body AS alert, (extract(epoch FROM stored_at) * 1000)::bigint AS "storedAtMs" FROM outcry.alert
     WHERE seq > $1 AND ($2::text[] IS NULL OR brand = ANY($2)) AND ($3::text[] IS NULL OR kind = ANY($3))
     ORDER BY seq LIMIT $4`,
    [seq, filter.brands ?? null, filter.kinds ?? null, limit],
  )
  return rows
}

/** An alert with its issue's evidence as it is now; null when the alert has expired. */
export const alertToSend = async (
  sql: Sql,
  alertId: string,
): Promise<{ alert: Alert; evidence: Evidence | null } | null> => {
  const { rows } = await sql.query<{ alert: Alert; evidence: Evidence | null }>(
    `SELECT alert.body AS alert, issue.body->'evidence' AS evidence
     FROM outcry.alert LEFT JOIN outcry.issue ON issue.id = alert.issue_id WHERE alert.id = $1`,
    [alertId],
  )
  return rows[0] ?? null
}

/** The newest sequence committed; 0 before the first alert. */
export const latestAlertSeq = (sql: Sql): Promise<number> => readHead(sql, 'alert')
