import { ALERTS_TOPIC, type Bus } from '@outcry/bus'
import type { SqlPool } from '@outcry/contracts'
import { advancePartition, alertsAfter, takePartition } from '@outcry/store'

const ALERTS_A_ROUND = 200
const REST_MS = 5_000
/** The feed read as a log of one partition, whose position says what the bus has. */
const COPY = { consumer: 'alert-copy', topic: 'outcry.alert', partition: 0 }

/**
 * Copies the next alerts to the bus, key = alert id, and gives how long to rest. At least once: the position moves after
 * the bus has them. Taking it locks its row until commit, so that no two processes copy beside one another.
 */
export const copyAlerts = (pool: SqlPool, bus: Pick<Bus, 'append'>): Promise<number> =>
  pool.transaction(async (tx) => {
    const { position, epoch } = await takePartition(tx, { ...COPY, owner: 'alerter' })
    const alerts = await alertsAfter(tx, position, {}, ALERTS_A_ROUND)
    const last = alerts.at(-1)
    if (last === undefined) return REST_MS
    const records = alerts.map(({ alert }) => ({
      partition: 0,
      key: alert.id,
      value: new TextEncoder().encode(JSON.stringify(alert)),
    }))
    await bus.append(ALERTS_TOPIC, records)
    await advancePartition(tx, { ...COPY, epoch, from: position, to: last.seq })
    return alerts.length === ALERTS_A_ROUND ? 0 : REST_MS
  })
