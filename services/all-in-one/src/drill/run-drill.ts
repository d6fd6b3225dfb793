import { randomBytes } from 'node:crypto'
import type { Bus } from '@outcry/bus'
import type { SqlPool } from '@outcry/contracts'
import { type DrillScenario, shadowBrand } from '@outcry/replay'
import type { Clock } from '@outcry/runtime'
import { commandAct, recordAct } from '@outcry/service-api'
import type { ShownAlert } from './drill-alerts.ts'
import { followDrill } from './follow-drill.ts'
import { sendDrill } from './send-drill.ts'

const UNANSWERED_AFTER_MS = 60_000

export type DrillResult = { shadow: string; records: number; alerts: ShownAlert[]; passed: boolean; tookMs: number }

/** Plays a scenario through the running system and waits for what it says; passed when it pages, or stays quiet, as it should. */
export const runDrill = async (
  deps: { pool: SqlPool; bus: Bus; clock: Clock; signal: AbortSignal },
  drill: { brand: string; brandName: string; scenario: DrillScenario; seed: number; reorderMs: number },
  listen: {
    onProgress: (records: number) => void
    onAlert: (shown: ShownAlert) => void
    /** Told before the first record is sent. */
    onShadow?: (shadow: string) => void
  },
): Promise<DrillResult> => {
  const { pool, bus, clock, signal } = deps
  const startedAt = clock.now()
  const drillId = `${drill.scenario.id}-${randomBytes(3).toString('hex')}`
  listen.onShadow?.(shadowBrand(drill.brand, drillId))
  await recordAct(pool, commandAct('drill', { brand: drill.brand, subject: drillId }), startedAt)
  const sent = await sendDrill(
    { bus, sql: pool, onProgress: listen.onProgress },
    { ...drill, drillId, nowMs: clock.now() },
  )
  const options = { timeoutMs: UNANSWERED_AFTER_MS, onAlert: listen.onAlert }
  const alerts = await followDrill({ sql: pool, clock, signal }, sent, options)
  const paged = alerts.some(({ alert }) => alert.page)
  return {
    shadow: sent.shadow,
    records: sent.records,
    alerts,
    passed: paged === (drill.scenario.expect === 'page'),
    tookMs: clock.now() - startedAt,
  }
}
