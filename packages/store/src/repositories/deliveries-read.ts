import type { Sql } from '@outcry/contracts'

/** A delivery and what became of it: the receipt. */
export type DeliveryRow = {
  id: string
  alertId: string
  issueId: string
  brand: string
  target: string
  dedupKey: string
  state: 'pending' | 'delivered' | 'dead'
  attempts: number
  dueAtMs: number
  lastStatus: number | null
  lastError: string | null
  createdAtMs: number
  finishedAtMs: number | null
}

export type DeliveryFilter = {
  brands?: readonly string[] | undefined
  target?: string | undefined
  state?: string | undefined
  issueId?: string | undefined
}

const COLUMNS = `id, alert_id AS "alertId", issue_id AS "issueId", brand, target, dedup_key AS "dedupKey", state, attempts,
  last_status AS "lastStatus", last_error AS "lastError",
  (extract(epoch FROM due_at) * 1000)::bigint AS "dueAtMs",
  floor(extract(epoch FROM created_at) * 1000)::bigint AS "createdAtMs",
  (extract(epoch FROM finished_at) * 1000)::bigint AS "finishedAtMs"`

/** Deliveries, the latest alert's first, after a place in that order. */
export const listDeliveries = async (
  sql: Sql,
  filter: DeliveryFilter,
  after: { id: string } | null,
  limit: number,
): Promise<DeliveryRow[]> => {
  const { rows } = await sql.query<DeliveryRow>(
    `SELECT ${COLUMNS} FROM outcry.delivery
     WHERE ($1::text[] IS NULL OR brand = ANY($1)) AND ($2::text IS NULL OR target = $2)
       AND ($3::text IS NULL OR state = $3) AND ($4::text IS NULL OR issue_id = $4)
       AND ($5::text IS NULL OR (created_at, id) < (SELECT created_at, id FROM outcry.delivery WHERE id = $5))
     ORDER BY created_at DESC, id DESC LIMIT $6`,
    [
      filter.brands ?? null,
      filter.target ?? null,
      filter.state ?? null,
      filter.issueId ?? null,
      after?.id ?? null,
      limit,
    ],
  )
  return rows
}

export const getDelivery = async (sql: Sql, id: string): Promise<DeliveryRow | null> => {
  const { rows } = await sql.query<DeliveryRow>(`SELECT ${COLUMNS} FROM outcry.delivery WHERE id = $1`, [id])
  return rows[0] ?? null
}
