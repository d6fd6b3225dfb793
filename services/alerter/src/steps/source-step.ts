import {
  type JudgedSource,
  type LogWatch,
  type SourceReport,
  type SourceWatch,
  watchLog,
  watchSources,
} from '@outcry/alerting'
import { MENTIONS_TOPIC } from '@outcry/bus'
import { type Config, LOG_GAP_SHOWN_MS, type SqlPool } from '@outcry/contracts'
import { listSources, lockBrandAlerting, logGapsSince, planDeliveries, saveBrandAlerting } from '@outcry/store'
import { routesOf } from '../alerting-settings.ts'
import { deliveryRow } from '../store-decision.ts'

/** No brand is called so: the row that holds what is remembered of sources. */
const SOURCES_ROW = '*sources'

/** A live source reports every 5 to 10 s; three missed reports are silence. */
const BLIND_AFTER_MS = 35_000

/** Judges every configured source, and the log, on wall time and plans their alarms, under one lock for all processes. */
export const stepSources = (
  pool: SqlPool,
  config: Pick<Config, 'sources' | 'targets' | 'alerting'>,
  watchingSinceMs: number,
  nowMs: number,
): Promise<JudgedSource[]> =>
  pool.transaction(async (tx) => {
    const { body } = await lockBrandAlerting(tx, SOURCES_ROW)
    const { watch: before = {}, log = {} } = body as { watch?: SourceWatch; log?: LogWatch }
    const rows = new Map((await listSources(tx)).map((row) => [row.source, row]))
    const reports = config.sources.map((source): SourceReport => {
      const row = rows.get(source.name)
      return {
        name: source.name,
        connector: source.connector,
        brands: source.brands ?? null,
        state: row?.state ?? 'blind',
        reason: row?.reason ?? 'has never reported',
        stateSinceMs: row?.stateSinceMs ?? watchingSinceMs,
        heartbeatAtMs: row?.heartbeatAtMs ?? null,
        blindAfterMs: BLIND_AFTER_MS,
      }
    })
    const { blindPageAfterMs } = config.alerting
    const routes = routesOf(config)
    const judged = watchSources({ watch: before, reports, blindPageAfterMs, watchingSinceMs, routes, nowMs })
    const gaps = await logGapsSince(tx, MENTIONS_TOPIC, nowMs - LOG_GAP_SHOWN_MS)
    const seen = watchLog({ watch: log, reports: gaps, routes, nowMs })
    const alarms = new Map([...judged.alarms, ...seen.alarms].map((alarm) => [alarm.id, alarm]))
    await planDeliveries(
      tx,
      [...judged.deliveries, ...seen.deliveries].map((delivery) => deliveryRow(delivery, alarms.get(delivery.alertId))),
    )
    await saveBrandAlerting(tx, { brand: SOURCES_ROW, eventSeq: 0, body: { watch: judged.watch, log: seen.watch } })
    return judged.sources
  })
