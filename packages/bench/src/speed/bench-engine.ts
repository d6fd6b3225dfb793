import { type BusRecord, RECORD_VERSION } from '@outcry/contracts'
import { createPartitionEngine, defaultDetectionSettings } from '@outcry/engine'

/** One partition's engine, as the detector service runs it, and how many issues it opened. */
export type BenchEngine = { apply: (record: BusRecord) => void; opened: () => number }

export const createBenchEngine = (brands: readonly string[]): BenchEngine => {
  const settings = { ...defaultDetectionSettings(), brands: [...brands] }
  const engine = createPartitionEngine({ idKey: 'bench', settings })
  let position = 0
  let issues = 0
  const apply = (record: BusRecord): void => {
    const appendedAtMs =
      record.kind === 'heartbeat' ? record.sourceTime : record.kind === 'mention' ? record.mention.eventTime : 0
    for (const effect of engine.apply(position++, appendedAtMs, record))
      if (effect.type === 'issue' && effect.event.kind === 'opened') issues += 1
  }
  apply({ v: RECORD_VERSION, kind: 'settings', digest: 'bench', settings })
  return { apply, opened: () => issues }
}
