import {
  appendDeadLetters,
  embeddingKey,
  encodeRecord,
  mentionKey,
  MENTIONS_TOPIC,
  RecordRefusedError,
  type AppendRecord,
  type Bus,
} from '@outcry/bus'
import { decideEventTime, type Connector, type Reject, type Sighting } from '@outcry/connectors'
import { DAY_MS, RECORD_VERSION, type BusRecord, type Mention, type SqlPool } from '@outcry/contracts'
import type { Clock, Metrics } from '@outcry/runtime'
import {
  forgetMentions,
  holdsSource,
  lookUpAuthor,
  lookUpMentions,
  saveCursor,
  type SourceFence,
  upsertMentionIndex,
} from '@outcry/store'
import type { BrandChoice } from './brand-choice.ts'
import { createIndexView, memoized } from './index-view.ts'
import type { Keys } from './keys.ts'
import type { Placement } from './placement.ts'
import { isOlderRevision } from './older-revision.ts'
import { revisionOf, route, type IndexRow, type IndexView, type Placed, type Routed } from './route.ts'

/** Who delivers: what its connector declares and which brands it may speak of. */
export type Deliverer = {
  source: string
  connector: Connector
  brands: ReadonlySet<string>
  /** Whether the source saw its platform at its previous look. */
  wasLive: boolean
  backfill: boolean
  /** In which epoch it holds its source; null where no source has to be held. */
  epoch: number | null
}

/** Another process has taken the source over: everything of this run is void. */
export class SourceLost extends Error {
  constructor(source: string) {
    super(`another process has the source ${source}`)
  }
}

/**
 * `matched`: mentions about a brand, also those that the bus had already. `brands`: those that the bus got something of.
 * `changed`: what is to be stored of them.
 */
export type Delivered = {
  mentions: number
  matched: number
  brands: ReadonlySet<string>
  newestEventTime: number | null
  changed: readonly IndexRow[]
}

/** The way of mentions into the bus, for sources and for push alike. */
export type Intake = {
  /**
   * Matches, routes, appends. Resolves when the bus has everything; until `settle` has stored what changed, the same
   * sightings may be delivered again: they go the same way and are deduplicated by the detector. Rejects with
   * `SourceLost` where another epoch has the source.
   */
  deliver(sightings: readonly Sighting[], from: Deliverer): Promise<Delivered>
  /**
   * Stores what changed in the index, and with it the cursor of the source where there is one: both or neither. With the
   * index alone ahead, what is read again would look like edits back to what it was before.
   */
  settle(
    source: string,
    changed: readonly IndexRow[],
    fence: SourceFence | null,
    cursor?: { value: unknown },
  ): Promise<void>
  /** Appends what was routed, then stores what changed in the index, both only while the fence holds. */
  send(
    source: string,
    routed: readonly Routed[],
    changed: readonly IndexRow[],
    fence: SourceFence | null,
  ): Promise<void>
  /** Sends what could not be read to the dead letters. */
  reject(source: string, rejects: readonly Reject[]): Promise<void>
  /** Appends one record to each partition that holds one of the brands, with the brands it holds. */
  tell(brands: ReadonlySet<string>, record: (brands: string[]) => BusRecord): Promise<void>
}

export type IntakeOptions = {
  bus: Bus
  pool: SqlPool
  clock: Clock
  metrics: Metrics
  keys: Keys
  choose: BrandChoice
  placement: Placement
  indexDays: number
  /** Where meanings are on the bus they are forgotten with their mentions. */
  forgetsMeanings: boolean
}

export const createIntake = (options: IntakeOptions): Intake => {
  const { bus, pool, clock, metrics, keys, choose, placement } = options

  const deliver = async (sightings: readonly Sighting[], from: Deliverer): Promise<Delivered> => {
    const placed = sightings.map((sighting) => place(sighting, from, choose))
    const index = await loadIndex(placed)
    const routed = placed.flatMap((each) => (isOvertaken(each, from, index) ? [] : route(each, index)))
    const touched = new Set(routed.map(({ mention }) => mention.id))
    await hand(from.source, routed, fenceOf(from))
    for (const { brand } of routed) if (placement.has(brand)) metrics.mentions.inc({ brand, source: from.source })
    const newest = routed.reduce((latest, { mention }) => Math.max(latest, mention.eventTime), 0)
    if (newest > 0) metrics.sourceLastEvent.set({ source: from.source }, newest / 1_000)
    const matched = placed.filter(({ mention, brands }) => brands.length > 0 || touched.has(mention.id)).length
    return {
      mentions: sightings.length,
      matched,
      brands: new Set(routed.map(({ brand }) => brand).filter((brand) => placement.has(brand))),
      newestEventTime: newest > 0 ? newest : null,
      changed: index.changed(),
    }
  }

  const send: Intake['send'] = async (source, routed, changed, fence) => {
    await hand(source, routed, fence)
    await settle(source, changed, fence)
  }

  const settle: Intake['settle'] = async (source, changed, fence, cursor) => {
    const expiresAtMs = clock.now() + options.indexDays * DAY_MS
    const rows = changed.map((row) => Object.assign(row, { expiresAtMs }))
    await pool.transaction(async (tx) => {
      if (!(await upsertMentionIndex(tx, rows, fence))) throw new SourceLost(source)
      if (cursor === undefined || fence === null) return
      if (!(await saveCursor(tx, { ...fence, cursor: cursor.value }))) throw new SourceLost(source)
    })
  }

  const hand = async (source: string, routed: readonly Routed[], fence: SourceFence | null): Promise<void> => {
    // A process that was frozen meanwhile finds out here; what it appends in the moment after is dropped as a copy.
    if (fence !== null && routed.length > 0 && !(await holdsSource(pool, fence))) throw new SourceLost(source)
    await placement.update()
    const [watched, unwatched] = splitBy(routed, ({ brand }) => placement.has(brand))
    await append(source, watched)
    // What a brand that nobody watches any more still holds has no detector to forget it.
    for (const [brand, gone] of Map.groupBy(unwatched, ({ brand }) => brand)) {
      const ids = gone.map(({ mention }) => mention.id)
      await pool.transaction((tx) => forgetMentions(tx, brand, ids))
    }
  }

  /** Only what may concern a brand is looked up: the rest of a firehose never touches the database. */
  const loadIndex = async (placed: readonly Placed[]) => {
    const concerned = placed.filter(({ mention, brands }) => brands.length > 0 || mention.op !== 'create')
    const authors = concerned.flatMap(({ mention }) =>
      mention.deleteAuthor === true && mention.author !== undefined ? [keys.authorKey(mention.author.id)] : [],
    )
    const keyOf = memoized(keys.mentionKey)
    const wanted = [...new Set(concerned.map(({ mention }) => mention.id))].map(keyOf)
    const stored = await Promise.all([lookUpMentions(pool, wanted), ...authors.map((key) => lookUpAuthor(pool, key))])
    return createIndexView(stored.flat(), keyOf, memoized(keys.authorKey))
  }

  const append = async (source: string, routed: readonly Routed[]): Promise<void> => {
    const records = routed.flatMap(({ brand, mention, backfill }): AppendRecord[] => {
      const record = {
        key: mentionKey(brand, mention.id),
        value: encodeRecord({
          v: RECORD_VERSION,
          kind: 'mention',
          brand,
          mention,
          ...(backfill ? { backfill } : {}),
        }),
      }
      return placesOf(brand, mention.op).map((partition) => ({ partition, ...record }))
    })
    if (options.forgetsMeanings) records.push(...routed.filter(isDelete).flatMap(forgettingOf))
    if (records.length === 0) return
    try {
      await bus.append(MENTIONS_TOPIC, records)
    } catch (error) {
      if (!(error instanceof RecordRefusedError)) throw error
      const refused = new Set(error.refused.map(({ index }) => index))
      const letters = error.refused.map(({ index, reason, detail }) => ({
        reason,
        detail,
        bytes: records[index]!.value,
      }))
      await sendLetters(source, letters)
      const fit = records.filter((_, at) => !refused.has(at))
      if (fit.length > 0) await bus.append(MENTIONS_TOPIC, fit)
    }
  }

  /** Compaction erases a vector as it erases the text. */
  const forgettingOf = ({ brand, mention: { id: mentionId, rev, op } }: Routed): AppendRecord[] => {
    const key = embeddingKey(brand, mentionId)
    const value = encodeRecord({
      v: RECORD_VERSION,
      kind: 'embedding',
      brand,
      mentionId,
      rev,
      model: 'forgotten',
      vector: '',
    })
    return placesOf(brand, op).map((partition) => ({ partition, key, value }))
  }

  /** What replaces or deletes goes to former partitions too: compaction erases a text within its own partition only. */
  const placesOf = (brand: string, op: Mention['op']): number[] => [
    placement.partitionOf(brand),
    ...(op === 'create' ? [] : placement.formerOf(brand)),
  ]

  const sendLetters = async (source: string, letters: { reason: string; detail: string; bytes: Uint8Array }[]) => {
    if (letters.length === 0) return
    await appendDeadLetters(
      bus,
      letters.map(({ reason, detail, bytes }) => ({ stage: 'ingest' as const, source, reason, detail, bytes })),
      clock.now(),
    )
    for (const { reason } of letters) metrics.deadLetters.inc({ stage: 'ingest', reason })
  }

  return {
    deliver,
    settle,
    send,
    reject: (source, rejects) =>
      sendLetters(
        source,
        rejects.map(({ reason, detail, bytes }) => ({ reason, detail, bytes })),
      ),
    tell: async (brands, record) => {
      await placement.update()
      const byPartition = Map.groupBy(brands, placement.partitionOf)
      const records = [...byPartition].map(([partition, held]): AppendRecord => ({
        partition,
        key: null,
        value: encodeRecord(record(held)),
      }))
      if (records.length > 0) await bus.append(MENTIONS_TOPIC, records)
    },
  }
}

/** Where a platform sends by itself too, what it sends again after a failure is overtaken by what came meanwhile. */
const isOvertaken = ({ mention }: Placed, { connector }: Deliverer, index: IndexView): boolean => {
  if (connector.webhook === undefined || mention.op === 'delete') return false
  const known = index.get(mention.id)
  return known !== undefined && isOlderRevision(mention.rev, revisionOf(known))
}

const fenceOf = ({ source, epoch }: Deliverer): SourceFence | null => (epoch === null ? null : { source, epoch })

const isDelete = ({ mention }: Routed): boolean => mention.op === 'delete'

const splitBy = <T>(all: readonly T[], test: (one: T) => boolean): [T[], T[]] => [
  all.filter(test),
  all.filter((one) => !test(one)),
]

const place = (sighting: Sighting, from: Deliverer, choose: BrandChoice): Placed => {
  const { clock, publicationDelayMs } = from.connector
  const { eventTime, backfill } = decideEventTime(sighting, { clock, publicationDelayMs, wasLive: from.wasLive })
  const mention = { ...sighting.mention, eventTime }
  return { mention, ...choose(mention, sighting.brand, from.brands), backfill: backfill || from.backfill }
}
