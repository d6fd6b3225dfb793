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
import { connectors } from '@outcry/connectors'
import { judgeSource, SILENT_AFTER_MS } from '@outcry/engine'
import type { SourceReader, SourceRow } from '@outcry/rest'
import type { Clock } from '@outcry/runtime'
import { brandsOfPartitions, listSources, logGapsSince } from '@outcry/store'
import { countingFix, LOG_GAP_FIX, sourceFix } from './source-fix.ts'

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
        const unknown = { stateSince: null, lastEventAt: null, sourceTime: null, lagMs: null, gaps: 0 }
        const fix = sourceFix(name, { state: 'blind', runs: false, told: null })
        return { ...base, state: 'blind', reason: 'not started', fix, ...unknown }
      }
      const { state, since, reason } = judgeSource(row, nowMs)
      const { lastEventAtMs: lastEventAt, sourceTimeMs: sourceTime, gaps } = row
      const runs = row.silentMs !== null && row.silentMs <= SILENT_AFTER_MS
      const fix = sourceFix(name, { state, runs, told: row.fix })
      const lagMs =
        sourceTime === null || connectors[connector]?.clock !== 'wall' ? null : Math.max(0, nowMs - sourceTime)
      return { ...base, state, reason, fix, stateSince: since, lastEventAt, sourceTime, lagMs, gaps }
    })
  }

  const busRow = (row: Pick<SourceRow, 'name' | 'brands' | 'reason' | 'fix' | 'stateSince' | 'gaps'>): SourceRow => ({
    connector: BUS_CONNECTOR,
    state: 'blind',
    lastEventAt: null,
    sourceTime: null,
    lagMs: null,
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
        fix: countingFix(partition),
        stateSince: nowMs - lastedMs,
        gaps: gap?.gaps ?? 0,
      })
    })
    const lost = [...gaps].map(([name, gap]) =>
      busRow({
        name,
        brands: gap.brands,
        reason: logGapReason(gap),
        fix: LOG_GAP_FIX,
        stateSince: gap.lastAtMs,
        gaps: gap.gaps,
      }),
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
