import {
  type JudgedSource,
  type LogWatch,
  type SourceReport,
  type SourceWatch,
  watchLog,
  watchSources,
} from '@outcry/alerting'
import { MENTIONS_TOPIC } from '@outcry/bus'
import {
  BUS_CONNECTOR,
  BUS_NAME,
  type Config,
  type CountingView,
  LOG_GAP_SHOWN_MS,
  logName,
  type SqlPool,
} from '@outcry/contracts'
import {
  brandsOfPartitions,
  listSources,
  lockBrandAlerting,
  logGapsSince,
  planDeliveries,
  saveBrandAlerting,
} from '@outcry/store'
import { routesOf } from '../alerting-settings.ts'
import { deliveryRow } from '../store-decision.ts'

/** No brand is called so: the row that holds what is remembered of sources. */
const SOURCES_ROW = '*sources'

/** The bus and its partitions, as sources of which each brand needs its own; live for ever where nothing is wrong. */
const countingReports = (
  counting: CountingView,
  brandsOf: ReadonlyMap<number, readonly string[]>,
  nowMs: number,
): SourceReport[] => {
  const faulty = new Map(counting.faults().map((fault) => [fault.name, fault]))
  const reportOf = (name: string, brands: readonly string[] | null): SourceReport => {
    const fault = faulty.get(name)
    const base = { name, connector: BUS_CONNECTOR, brands, silentMs: 0 }
    if (fault === undefined) return { ...base, state: 'live', reason: 'counted', stateSinceMs: 0 }
    return { ...base, state: 'blind', reason: fault.reason, stateSinceMs: nowMs - fault.lastedMs }
  }
  return [
    reportOf(BUS_NAME, null),
    ...counting.partitions().map((partition) => reportOf(logName(partition), brandsOf.get(partition) ?? [])),
  ]
}

/**
 * Judges every configured source, what carries and counts their mentions, and gaps of the log on wall time, and plans
 * alarms, under one lock for all processes.
 */
export const stepSources = (
  pool: SqlPool,
  config: Pick<Config, 'sources' | 'targets' | 'alerting'>,
  watchingSinceMs: number,
  nowMs: number,
  counting?: CountingView,
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
        silentMs: row?.silentMs ?? null,
      }
    })
    if (counting !== undefined) reports.push(...countingReports(counting, await brandsOfPartitions(tx), nowMs))
    const { blindPageAfterMs } = config.alerting
    const routes = routesOf(config)
    const judged = watchSources({ watch: before, reports, blindPageAfterMs, watchingSinceMs, routes, nowMs })
    const gaps = await logGapsSince(tx, MENTIONS_TOPIC, nowMs - LOG_GAP_SHOWN_MS)
    const seen = watchLog({ watch: log, reports: gaps, routes, nowMs })
    const alarms = new Map([...judged.alarms, ...seen.alarms].map((alarm) => [alarm.id, alarm]))
    await planDeliveries(
      tx,
      [...judged.deliveries, ...seen.deliveries].map((delivery) =>
        deliveryRow(delivery, { alarm: alarms.get(delivery.alertId)! }),
      ),
    )
    await saveBrandAlerting(tx, { brand: SOURCES_ROW, eventSeq: 0, body: { watch: judged.watch, log: seen.watch } })
    return judged.sources
  })
