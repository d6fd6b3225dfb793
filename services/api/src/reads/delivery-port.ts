import type { SqlPool } from '@outcry/contracts'
import type { DeliveryPort, DeliveryRow } from '@outcry/rest'
import { appendTimeline, getDelivery, listDeliveries, redeliver } from '@outcry/store'
import { recordAct } from '../record-act.ts'
import { pageOf } from './page-of.ts'

type Stored = NonNullable<Awaited<ReturnType<typeof getDelivery>>>

const receipt = ({ dueAtMs, createdAtMs, finishedAtMs, ...row }: Stored): DeliveryRow => ({
  ...row,
  dueAt: dueAtMs,
  createdAt: createdAtMs,
  finishedAt: finishedAtMs,
})

/** Receipts of deliveries; asking for one again is in the issue's timeline. */
export const createDeliveryPort = (pool: SqlPool, newId: () => string): DeliveryPort => {
  const get = async (id: string): Promise<DeliveryRow | null> => {
    const row = await getDelivery(pool, id)
    return row && receipt(row)
  }
  return {
    async list(filter, { after, limit }) {
      const rows = (await listDeliveries(pool, filter, after, limit + 1)).map(receipt)
      return pageOf(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }))
    },
    get,
    async redeliver(id, act, nowMs) {
      const delivery = await get(id)
      if (delivery === null || delivery.state === 'pending') return false
      const { issueId, brand, target } = delivery
      return pool.transaction(async (tx) => {
        const body = { target, deliveryId: id }
        await appendTimeline(tx, [
          { id: `tl-${newId()}`, issueId, brand, atMs: nowMs, kind: 'redelivered', actor: act.actor, body },
        ])
        const done = await redeliver(tx, id)
        if (done) await recordAct(tx, act, nowMs, { brand, issueId, subject: id })
        return done
      })
    },
  }
}
