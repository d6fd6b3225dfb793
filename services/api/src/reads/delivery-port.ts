import type { SqlPool } from '@outcry/contracts'
import type { DeliveryPort, DeliveryRow } from '@outcry/rest'
import { appendTimeline, redeliver } from '@outcry/store'
import { inScope, orNull, pageOf, scopeValue } from './scope-condition.ts'

const SELECT = `SELECT delivery.id, alert_id AS "alertId", alert.kind AS "alertKind", delivery.issue_id AS "issueId",
    delivery.brand, target, state, attempts, last_status AS "lastStatus", last_error AS "lastError",
    (extract(epoch FROM due_at) * 1000)::bigint AS "dueAt",
    floor(extract(epoch FROM created_at) * 1000)::bigint AS "createdAt",
    (extract(epoch FROM finished_at) * 1000)::bigint AS "finishedAt"
  FROM (SELECT * FROM outcry.delivery`
const JOIN = `) AS delivery LEFT JOIN outcry.alert AS alert ON alert.id = delivery.alert_id`
const ORDER = 'ORDER BY created_at DESC, id DESC'

/** The place after a row is found by its id: its time is finer than a millisecond. */
const LIST = `${SELECT}
  WHERE ${inScope('$1')}
    AND ($2::text[] IS NULL OR brand = ANY($2))
    AND ($3::text[] IS NULL OR state = ANY($3))
    AND ($4::text IS NULL OR target = $4)
    AND ($5::text IS NULL OR (created_at, id) < (SELECT created_at, id FROM outcry.delivery WHERE id = $5))
  ${ORDER} LIMIT $6 ${JOIN} ${ORDER.replaceAll('created_at', 'delivery.created_at').replace(' id ', ' delivery.id ')}`

/** Receipts of deliveries; asking for one again is in the issue's timeline. */
export const createDeliveryPort = (pool: SqlPool, newId: () => string): DeliveryPort => {
  const get = async (id: string): Promise<DeliveryRow | null> => {
    const { rows } = await pool.query<DeliveryRow>(`${SELECT} WHERE id = $1 ${JOIN}`, [id])
    return rows[0] ?? null
  }
  return {
    async list(filter, { after, limit }) {
      const { rows } = await pool.query<DeliveryRow>(LIST, [
        scopeValue(filter.scope),
        orNull(filter.brands),
        orNull(filter.states),
        filter.target,
        after?.id ?? null,
        limit + 1,
      ])
      return pageOf(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }))
    },
    get,
    async redeliver(id, actor, nowMs) {
      const delivery = await get(id)
      if (delivery === null || delivery.state === 'pending') return false
      const { issueId, brand, target } = delivery
      return pool.transaction(async (tx) => {
        const body = { target, deliveryId: id }
        await appendTimeline(tx, [
          { id: `tl-${newId()}`, issueId, brand, atMs: nowMs, kind: 'redelivered', actor, body },
        ])
        return redeliver(tx, id)
      })
    },
  }
}
