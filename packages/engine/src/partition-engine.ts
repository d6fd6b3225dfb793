import { type BusRecord, DetectionSettings, createParser } from '@outcry/contracts'
import { BrandDetector, type BrandStatistics, type Effect, SNAPSHOT_VERSION, type Scorer } from '@outcry/detection'
import { createScorer } from '@outcry/text'

/** One brand's detector state as bytes; `position` is the last record in it. */
export type BrandSnapshot = { brand: string; position: number; version: number; body: Uint8Array }

export type PartitionEngine = {
  /**
   * Takes the next record of the partition. Deterministic: the same records give the same effects. What a restored
   * brand already has in it is passed over.
   */
  apply(position: number, appendedAtMs: number, record: BusRecord): Effect[]
  /** Snapshots of the brands that changed since the last call. */
  snapshots(): BrandSnapshot[]
  /** False: the version is unknown or the bytes are damaged; rebuild that brand from the log. */
  restore(brand: string, position: number, version: number, body: Uint8Array): boolean
  statistics(): Map<string, BrandStatistics>
}

const parseSettings = createParser(DetectionSettings)

/** Detection settings with every default filled in. */
export const defaultDetectionSettings = (): DetectionSettings => {
  const parsed = parseSettings({})
  if (!parsed.ok) throw new Error('defaults of the detection settings do not fit their schema')
  return parsed.value
}

/**
 * Score and detect for every brand of one partition; what the detector service, the backtest and the drill all run.
 * `idKey` keys the ids of issues, events and clusters.
 */
export const createPartitionEngine = (options: {
  idKey: string
  settings?: DetectionSettings
  scorer?: Scorer
}): PartitionEngine => {
  const deps = { idKey: options.idKey, scorer: options.scorer ?? createScorer() }
  let settings = options.settings ?? defaultDetectionSettings()
  let settingsPosition = -1
  let lastPosition = -1
  const detectors = new Map<string, BrandDetector>()
  const restoredAt = new Map<string, number>()
  const changed = new Set<string>()

  const watched = (brand: string) => settings.brands.length === 0 || settings.brands.includes(brand.split('#', 1)[0]!)

  const detectorOf = (brand: string, position: number): BrandDetector | undefined => {
    if (position <= (restoredAt.get(brand) ?? -1) || !watched(brand)) return undefined
    let detector = detectors.get(brand)
    if (!detector) detectors.set(brand, (detector = new BrandDetector(brand, settings, deps)))
    changed.add(brand)
    return detector
  }

  const configure = (position: number, next: DetectionSettings) => {
    if (position <= settingsPosition) return
    settings = next
    settingsPosition = position
    for (const [brand, detector] of detectors) {
      if (position <= (restoredAt.get(brand) ?? -1)) continue
      if (watched(brand)) detector.configure(next)
      else detectors.delete(brand)
      changed.add(brand)
    }
  }

  return {
    apply(position, appendedAtMs, record) {
      lastPosition = Math.max(lastPosition, position)
      switch (record.kind) {
        case 'settings':
          configure(position, record.settings)
          return []
        case 'heartbeat':
          return record.brands.flatMap(
            (brand) =>
              detectorOf(brand, position)?.heartbeat(record.source, record.state, record.sourceTime, appendedAtMs) ??
              [],
          )
        case 'mention':
          return (
            detectorOf(record.brand, position)?.mention(record.mention, record.backfill ?? false, appendedAtMs) ?? []
          )
        case 'command':
          return detectorOf(record.brand, position)?.command(record.command, record.commandId) ?? []
        default:
          return record satisfies never
      }
    },
    snapshots() {
      const brands = [...changed].filter((brand) => detectors.has(brand))
      changed.clear()
      return brands.map((brand) => ({
        brand,
        position: lastPosition,
        version: SNAPSHOT_VERSION,
        body: detectors.get(brand)!.snapshot(),
      }))
    },
    restore(brand, position, version, body) {
      if (version !== SNAPSHOT_VERSION) return false
      try {
        const detector = BrandDetector.restore(brand, body, deps)
        detectors.set(brand, detector)
        restoredAt.set(brand, position)
        if (position > settingsPosition) {
          settings = detector.settings
          settingsPosition = position
        }
        return true
      } catch {
        return false
      }
    },
    statistics() {
      return new Map([...detectors].map(([brand, detector]) => [brand, detector.statistics()]))
    },
  }
}
