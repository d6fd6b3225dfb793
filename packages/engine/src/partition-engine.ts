import { type BusRecord, DetectionSettings, createParser, isDrill, MINUTE_MS, watchedBrand } from '@outcry/contracts'
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
  /** The brands it holds. */
  brands(): string[]
  /** The brands that changed since their last snapshot, those that have waited longest first. */
  unsaved(): string[]
  /**
   * A snapshot of one brand, made in steps of a few milliseconds, each of which tells the bytes so far. No record may be
   * applied before the last one; until then the brand counts as unsaved.
   */
  snapshot(brand: string): Generator<number, BrandSnapshot>
  /** Snapshots of the brands that changed since their last ones, at once. */
  snapshots(): BrandSnapshot[]
  /**
   * False: the version cannot be read or the bytes are damaged; rebuild that brand from the log. Settings are those of the
   * oldest snapshot: records go on from there.
   */
  restore(brand: string, position: number, version: number, body: Uint8Array): boolean
  /** Takes a brand in that comes from another partition, behind the record at `position`; else as `restore`. */
  adopt(brand: string, position: number, version: number, body: Uint8Array): boolean
  /** Lets go of a brand that went to another partition. */
  drop(brand: string): void
  statistics(): Map<string, BrandStatistics>
}

/** A drill speaks without pause; one that was silent for so long on the log's own time is over. */
const SHADOW_IDLE_MS = 30 * MINUTE_MS

const parseSettings = createParser(DetectionSettings)

/** Detection settings with every default filled in. */
export const defaultDetectionSettings = (): DetectionSettings => {
  const parsed = parseSettings({})
  if (!parsed.ok) throw new Error('defaults of the detection settings do not fit their schema')
  return parsed.value
}

/**
 * Score and detect for every brand of one partition; what the detector service, the backtest and the drill all run.
 * `idKey` keys the ids of issues, events and clusters; without `listsClusters` no lists of clusters are made.
 */
export const createPartitionEngine = (options: {
  idKey: string
  settings?: DetectionSettings
  scorer?: Scorer
  listsClusters?: boolean
}): PartitionEngine => {
  const { idKey, scorer = createScorer(), listsClusters = true } = options
  const deps = { idKey, scorer, listsClusters }
  let settings = options.settings ?? defaultDetectionSettings()
  /** Of the snapshot whose settings are in force: the oldest, where reading goes on. */
  let oldestRestored = Infinity
  let lastPosition = -1
  const detectors = new Map<string, BrandDetector>()
  const restoredAt = new Map<string, number>()
  const changed = new Set<string>()
  /** When each shadow brand last had a record, on the time of the log; null while that is not known. */
  const shadows = new Map<string, number | null>()

  const watched = (brand: string) => settings.brands.length === 0 || settings.brands.includes(watchedBrand(brand))

  const detectorOf = (brand: string, position: number, appendedAtMs: number): BrandDetector | undefined => {
    if (position <= (restoredAt.get(brand) ?? -1) || !watched(brand)) return undefined
    let detector = detectors.get(brand)
    if (!detector) detectors.set(brand, (detector = new BrandDetector(brand, settings, deps)))
    changed.add(brand)
    if (isDrill(brand)) shadows.set(brand, appendedAtMs)
    return detector
  }

  /** Lets go of drills that are over: each has a name of its own and would stay for ever. */
  const dropShadows = (nowMs: number) => {
    for (const [brand, lastMs] of shadows) {
      if (lastMs === null) shadows.set(brand, nowMs)
      if (lastMs === null || nowMs - lastMs < SHADOW_IDLE_MS) continue
      shadows.delete(brand)
      detectors.delete(brand)
      changed.delete(brand)
    }
  }

  const configure = (position: number, next: DetectionSettings) => {
    settings = next
    for (const [brand, detector] of detectors) {
      if (position <= (restoredAt.get(brand) ?? -1)) continue
      if (watched(brand)) detector.configure(next)
      else detectors.delete(brand)
      changed.add(brand)
    }
  }

  const unsaved = () => [...changed].filter((brand) => detectors.has(brand))

  function* snapshot(brand: string): Generator<number, BrandSnapshot> {
    const position = lastPosition
    const body = yield* detectors.get(brand)!.snapshot()
    changed.delete(brand)
    return { brand, position, version: SNAPSHOT_VERSION, body }
  }

  return {
    apply(position, appendedAtMs, record) {
      lastPosition = Math.max(lastPosition, position)
      switch (record.kind) {
        case 'settings':
          configure(position, record.settings)
          return []
        case 'heartbeat':
          dropShadows(appendedAtMs)
          return record.brands.flatMap(
            (brand) =>
              detectorOf(brand, position, appendedAtMs)?.heartbeat(
                record.source,
                record.state,
                record.sourceTime,
                appendedAtMs,
              ) ?? [],
          )
        case 'mention':
          return (
            detectorOf(record.brand, position, appendedAtMs)?.mention(
              record.mention,
              record.backfill ?? false,
              appendedAtMs,
            ) ?? []
          )
        case 'embedding':
          return detectorOf(record.brand, position, appendedAtMs)?.embedding(record) ?? []
        case 'command':
          return detectorOf(record.brand, position, appendedAtMs)?.command(record.command, record.commandId) ?? []
        // Who owns the partition carries it out, by `drop` and `adopt`.
        case 'move':
          return []
        default:
          return record satisfies never
      }
    },
    brands: () => [...detectors.keys()],
    unsaved,
    snapshot,
    snapshots: () => unsaved().map((brand) => lastOf(snapshot(brand))),
    restore(brand, position, version, body) {
      try {
        const detector = BrandDetector.restore(brand, version, body, deps)
        detectors.set(brand, detector)
        restoredAt.set(brand, position)
        if (isDrill(brand)) shadows.set(brand, null)
        if (position < oldestRestored) {
          settings = detector.settings
          oldestRestored = position
        }
        return true
      } catch {
        return false
      }
    },
    adopt(brand, position, version, body) {
      try {
        const detector = BrandDetector.restore(brand, version, body, deps)
        detector.configure(settings)
        detectors.set(brand, detector)
        restoredAt.set(brand, position)
        changed.add(brand)
        return true
      } catch {
        return false
      }
    },
    drop(brand) {
      detectors.delete(brand)
      restoredAt.delete(brand)
      changed.delete(brand)
    },
    statistics() {
      return new Map([...detectors].map(([brand, detector]) => [brand, detector.statistics()]))
    },
  }
}

/** What a generator comes to, without a pause. */
const lastOf = <T>(steps: Generator<number, T>): T => {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
