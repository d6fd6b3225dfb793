import type { AlertKind, Sql } from '@outcry/contracts'
import { type BrandScope, inScope, scopeValue, someOf } from './list-filter.ts'

/** A delivery and what became of it: the receipt. */
export type DeliveryRow = {
  id: string
  alertId: string
  /** Null for an alarm about a source, and once the alert has expired. */
  alertKind: AlertKind | null
  issueId: string
  /** Null for an alarm about a source or a digest, and once the issue has expired. */
  issueLabel: string | null
  brand: string
  target: string
  state: 'pending' | 'delivered' | 'dead'
  attempts: number
  dueAtMs: number
  lastStatus: number | null
  lastError: string | null
  createdAtMs: number
  finishedAtMs: number | null
}

export type DeliveryFilter = {
  scope?: BrandScope
  brands?: readonly string[]
  states?: readonly string[]
  target?: string | null
}

const ORDER = 'delivery.created_at DESC, delivery.id DESC'

/** The rows that a query of `outcry.delivery` chooses, with their alerts' kinds. */
const receiptsOf = (chosen: string): string => `SELECT delivery.id, alert_id AS "alertId", alert.kind AS "alertKind",
  delivery.issue_id AS "issueId", issue.label AS "issueLabel", delivery.brand, target, delivery.state, attempts, last_status AS "lastStatus",
  last_error AS "lastError", (extract(epoch FROM due_at) * 1000)::bigint AS "dueAtMs",
  floor(extract(epoch FROM created_at) * 1000)::bigint AS "createdAtMs",
  (extract(epoch FROM finished_at) * 1000)::bigint AS "finishedAtMs"
  FROM (SELECT * FROM outcry.delivery ${chosen}) AS delivery
  LEFT JOIN outcry.alert AS alert ON alert.id = delivery.alert_id
  LEFT JOIN outcry.issue AS issue ON issue.id = delivery.issue_id
  ORDER BY ${ORDER}`

/**
 * Deliveries, the latest planned first, after a place in that order; the place is found by its id, because its time is
 * finer than a millisecond.
 */
export const listDeliveries = async (
  sql: Sql,
  filter: DeliveryFilter,
  after: { id: string } | null,
  limit: number,
): Promise<DeliveryRow[]> => {
  const { rows } = await sql.query<DeliveryRow>(
    receiptsOf(`WHERE ${inScope('$1')}
      AND ($2::text[] IS NULL OR brand = ANY($2))
      AND ($3::text[] IS NULL OR state = ANY($3))
      AND ($4::text IS NULL OR target = $4)
      AND ($5::text IS NULL OR (created_at, id) < (SELECT created_at, id FROM outcry.delivery WHERE id = $5))
      ORDER BY ${ORDER} LIMIT $6`),
    [
      scopeValue(filter.scope),
      someOf(filter.brands),
      someOf(filter.states),
      filter.target ?? null,
      after?.id ?? null,
      limit,
    ],
  )
  return rows
}

export const getDelivery = async (sql: Sql, id: string): Promise<DeliveryRow | null> => {
  const { rows } = await sql.query<DeliveryRow>(receiptsOf('WHERE id = $1'), [id])
  return rows[0] ?? null
}

/** How many deliveries wait, by target. */
export const pendingDeliveries = async (sql: Sql): Promise<Map<string, number>> => {
  const { rows } = await sql.query<{ target: string; pending: number }>(
    `SELECT target, count(*) AS pending FROM outcry.delivery WHERE state = 'pending' GROUP BY target`,
  )
  return new Map(rows.map((row) => [row.target, row.pending]))
}

/** How many deliveries of a brand wait. */
export const pendingOfBrand = async (sql: Sql, brand: string): Promise<number> => {
  const { rows } = await sql.query<{ pending: number }>(
    "SELECT count(*) AS pending FROM outcry.delivery WHERE brand = $1 AND state = 'pending'",
    [brand],
  )
  return rows[0]?.pending ?? 0
}

/** When each target that an issue was sent to first took a message, epoch ms; null while it has not. By target. */
export const firstReceipts = async (sql: Sql, issueId: string): Promise<{ target: string; at: number | null }[]> => {
  const { rows } = await sql.query<{ target: string; at: number | null }>(
    `SELECT target, (extract(epoch FROM min(finished_at) FILTER (WHERE state = 'delivered')) * 1000)::bigint AS at
     FROM outcry.delivery WHERE issue_id = $1 GROUP BY target ORDER BY target`,
    [issueId],
  )
  return rows
}
