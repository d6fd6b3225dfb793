import { encodeRecord, MENTIONS_TOPIC, type Bus } from '@outcry/bus'
import { DAY_MS, RECORD_VERSION, type DetectionSettings, type SqlPool } from '@outcry/contracts'
import { notePublished, publishedSettings, withSettingsLock } from '@outcry/store'

/**
 * Gives every partition the current detection settings, once among all processes, before any mention: where the
 * digest changed, where the partition is new, and again before the last record leaves the log.
 *
 * @returns how many partitions got them
 */
export const publishSettings = async (options: {
  bus: Bus
  pool: SqlPool
  settings: DetectionSettings
  digest: string
  busDays: number
}): Promise<number> => {
  const { bus, pool, settings, digest, busDays } = options
  const partitions = await bus.partitionCount(MENTIONS_TOPIC)
  return withSettingsLock(pool, async (tx) => {
    const published = await publishedSettings(tx, MENTIONS_TOPIC)
    const current = new Set(
      published
        .filter((each) => each.digest === digest && each.ageMs < (busDays * DAY_MS) / 2)
        .map(({ partition }) => partition),
    )
    const due = Array.from({ length: partitions }, (_, partition) => partition).filter((each) => !current.has(each))
    if (due.length === 0) return 0
    const value = encodeRecord({ v: RECORD_VERSION, kind: 'settings', digest, settings })
    const places = await bus.append(
      MENTIONS_TOPIC,
      due.map((partition) => ({ partition, key: null, value })),
    )
    for (const { partition, position } of places)
      await notePublished(tx, { topic: MENTIONS_TOPIC, partition, position, digest })
    return due.length
  })
}
