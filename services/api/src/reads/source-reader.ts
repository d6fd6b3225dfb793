import { MENTIONS_TOPIC } from '@outcry/bus'
import {
  BUS_CONNECTOR,
  type Config,
  type CountingView,
  LOG_GAP_SHOWN_MS,
  logGapReason,
  logName,
  type SqlPool,
} from '@outcry/contracts'
import { judgeSource } from '@outcry/engine'
import type { SourceReader, SourceRow } from '@outcry/rest'
import type { Clock } from '@outcry/runtime'
import { brandsOfPartitions, listSources, logGapsSince } from '@outcry/store'

/**
 * Configured sources as they are judged on their heartbeats; one that never ran is blind. Beside them stands what else
 * is not counted: a bus that does not answer, a partition that the detector does not take in, and one that lost records
 * within the last day.
 */
export const createSourceReader = (
  pool: SqlPool,
  sources: Config['sources'],
  clock: Pick<Clock, 'now'>,
  counting?: CountingView,
): SourceReader => {
  const sourceRows = async (nowMs: number): Promise<SourceRow[]> => {
    const reported = new Map((await listSources(pool)).map((row) => [row.source, row]))
    return sources.map(({ name, connector, brands }): SourceRow => {
      const row = reported.get(name)
      const base = { name, connector, brands: brands ?? null }
      if (row === undefined) {
        const unknown = { stateSince: null, lastEventAt: null, sourceTime: null, gaps: 0 }
        return { ...base, state: 'blind', reason: 'not started', ...unknown }
      }
      const { state, since, reason } = judgeSource(row, nowMs)
      const { lastEventAtMs: lastEventAt, sourceTimeMs: sourceTime, gaps } = row
      return { ...base, state, reason, stateSince: since, lastEventAt, sourceTime, gaps }
    })
  }

  const busRow = (row: Pick<SourceRow, 'name' | 'brands' | 'reason' | 'stateSince' | 'gaps'>): SourceRow => ({
    connector: BUS_CONNECTOR,
    state: 'blind',
    lastEventAt: null,
    sourceTime: null,
    ...row,
  })

  const countingRows = async (nowMs: number): Promise<SourceRow[]> => {
    const gaps = new Map(
      (await logGapsSince(pool, MENTIONS_TOPIC, nowMs - LOG_GAP_SHOWN_MS)).map((gap) => [logName(gap.partition), gap]),
    )
    const faults = counting?.faults() ?? []
    const brandsOf = faults.length > 0 ? await brandsOfPartitions(pool) : null
    const standing = faults.map(({ name, partition, reason, lastedMs }) => {
      const gap = gaps.get(name)
      gaps.delete(name)
      return busRow({
        name,
        brands: partition === null ? null : (brandsOf?.get(partition) ?? []),
        reason: gap === undefined ? reason : `${reason}; ${logGapReason(gap)}`,
        stateSince: nowMs - lastedMs,
        gaps: gap?.gaps ?? 0,
      })
    })
    const lost = [...gaps].map(([name, gap]) =>
      busRow({ name, brands: gap.brands, reason: logGapReason(gap), stateSince: gap.lastAtMs, gaps: gap.gaps }),
    )
    return [...standing, ...lost]
  }

  return {
    async list() {
      const nowMs = clock.now()
      return [...(await sourceRows(nowMs)), ...(await countingRows(nowMs))]
    },
  }
}
