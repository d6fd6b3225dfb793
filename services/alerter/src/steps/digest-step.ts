import { digestDue, type LastDigest, planDigests } from '@outcry/alerting'
import type { Config, SqlPool } from '@outcry/contracts'
import { heldSince, lockBrandAlerting, planDeliveries, saveBrandAlerting } from '@outcry/store'
import { routesOf } from '../alerting-settings.ts'
import { deliveryRow } from '../store-decision.ts'

/** No brand is called so: the row that holds when the last digest was made. */
const DIGEST_ROW = '*digest'
const MAX_ISSUES = 1_000

/** Sends the digest of what was held when its time of day has come: once a day, however many alerters there are. */
export const stepDigest = async (
  pool: SqlPool,
  config: Pick<Config, 'alerting' | 'targets'>,
  nowMs: number,
): Promise<void> => {
  const rules = config.alerting.digest
  if (rules === undefined) return
  await pool.transaction(async (tx) => {
    const { body } = await lockBrandAlerting(tx, DIGEST_ROW)
    const { last = null } = body as { last?: LastDigest }
    const { due, next } = digestDue(rules, last, nowMs)
    if (next === last) return
    await saveBrandAlerting(tx, { brand: DIGEST_ROW, eventSeq: 0, body: { last: next } })
    if (!due || last === null) return
    const held = await heldSince(tx, last.at, MAX_ISSUES)
    const planned = planDigests({ rules, routes: routesOf(config), held, since: last.at, date: next.date, nowMs })
    await planDeliveries(
      tx,
      planned.map(({ digest, delivery }) => deliveryRow(delivery, { digest })),
    )
  })
}
