import type { DetectionSettings, Mention } from '@outcry/contracts'
import { BrandClusters } from './brand-clusters.ts'
import { BrandMeanings } from './brand-meanings.ts'
import { presentLayout } from './earlier-state.ts'
import { EventMemory } from './event-memory.ts'
import { IssueBook } from './issue-book.ts'
import { type IssueTypes, createIssueTypes } from './issue-types.ts'
import { createKeyedHash } from './keyed-hash.ts'
import { describePosts } from './label.ts'
import { directionOf } from './told-direction.ts'
import { Neighbourhood } from './neighbourhood.ts'
import { type Packed, packInSteps, unpack } from './packed.ts'
import type { Post } from './post.ts'
import type { Scorer } from './read-mention.ts'
import type { Rarity } from './term-profile.ts'
import { ReorderHold } from './reorder-hold.ts'
import { SourceClocks } from './source-clocks.ts'
import { SuppressedLog } from './suppressed-log.ts'
import { TypeCounters } from './type-counters.ts'
import { Vectoriser } from './vectoriser.ts'

export type BrandDetectorDeps = {
  idKey: string
  scorer: Scorer
  /** False where nobody reads lists of clusters; decides nothing. */
  listsClusters: boolean
}

/** All that the detector of one brand holds, and how its parts know each other. */
export type BrandState = {
  readonly brand: string
  readonly scorer: Scorer
  settings: DetectionSettings
  types: IssueTypes
  sources: SourceClocks
  /** Everything up to here was taken; later arrivals from before it are late. */
  taken: number
  lastMinute: number
  hold: ReorderHold
  memory: EventMemory
  /** Mentions that were deleted, not only edited away from the brand: what arrives of them later is not counted. */
  deleted: EventMemory
  /** Mentions that a person took out of an issue: what arrives of them later is shown and not counted. */
  removed: EventMemory
  vectoriser: Vectoriser
  neighbourhood: Neighbourhood
  counters: TypeCounters
  readonly meanings: BrandMeanings
  readonly clusters: BrandClusters
  readonly book: IssueBook
  readonly suppressed: SuppressedLog
}

/** What is held of a brand of which nothing was read. */
export const createBrandState = (
  brand: string,
  settings: DetectionSettings,
  { idKey, scorer, listsClusters }: BrandDetectorDeps,
): BrandState => {
  const hash = createKeyedHash(idKey)
  const name = (...parts: string[]) => hash(brand, ...parts)
  const rarity: Rarity = (term) => state.vectoriser.rarity(term)
  const describe = (posts: readonly Post[], issueType: string | null, typeLeads = true) =>
    describePosts(posts, {
      typeLeads,
      brand,
      rarity,
      issueType,
      typeLabel: state.types.labelOf(issueType),
      typesOf: state.types.match,
      complaintOf: (text, lang) => scorer.score({ text, lang }).complaint,
    })
  const state: BrandState = {
    brand,
    scorer,
    settings,
    types: createIssueTypes(settings.issueTypes),
    sources: new SourceClocks(),
    taken: -1,
    lastMinute: 0,
    hold: new ReorderHold(),
    memory: new EventMemory(),
    deleted: new EventMemory(),
    removed: new EventMemory(),
    vectoriser: new Vectoriser(),
    neighbourhood: new Neighbourhood(),
    counters: new TypeCounters(),
    meanings: new BrandMeanings(brand, scorer),
    clusters: new BrandClusters({
      brand,
      name,
      describe,
      merged: (from, into) => state.book.clusterMerged(from, into),
      lists: listsClusters,
    }),
    suppressed: new SuppressedLog({ brand, name, describe, settings: () => state.settings }),
    book: new IssueBook({
      brand,
      name,
      describe,
      direction: (posts) => directionOf(posts, state.vectoriser),
      cluster: (posts) => state.clusters.of(posts),
      context: (at, issueType) => ({
        at,
        watchedFrom: state.counters.watchedFrom,
        sampled: state.neighbourhood.recentShare,
        typeLabel: state.types.labelOf(issueType),
        brand,
        rarity,
      }),
      settings: () => state.settings,
    }),
  }
  return state
}

/** The snapshot of a state, made in steps; parts are packed when it is their turn. */
export const packBrandState = (state: BrandState): Generator<number, Uint8Array> =>
  packInSteps({
    settings: state.settings as unknown as Packed,
    sources: state.sources.pack(),
    taken: state.taken,
    lastMinute: state.lastMinute,
    hold: () => state.hold.sorted(),
    memory: state.memory.pack(),
    deleted: state.deleted.pack(),
    removed: state.removed.pack(),
    vectoriser: () => state.vectoriser.pack(),
    neighbourhood: () => state.neighbourhood.pack((post) => post as unknown as Packed),
    clusters: () => state.clusters.pack(),
    counters: () => state.counters.pack(),
    issues: () => state.book.pack(),
    suppressed: () => state.suppressed.pack(),
    meanings: () => state.meanings.pack([...state.neighbourhood.recent, ...state.neighbourhood.history]),
  })

/** The state of which that is the snapshot. Throws where the version cannot be read or the bytes are damaged. */
export const unpackBrandState = (
  brand: string,
  version: number,
  body: Uint8Array,
  deps: BrandDetectorDeps,
): BrandState => {
  const fields = presentLayout(version, unpack(body))
  if (!fields) throw new RangeError(`snapshot has version ${version}`)
  const state = createBrandState(brand, fields.settings as unknown as DetectionSettings, deps)
  state.sources = SourceClocks.unpack(fields.sources!)
  state.taken = fields.taken as number
  state.lastMinute = fields.lastMinute as number
  for (const held of fields.hold as unknown as { mention: Mention; backfill: boolean }[]) state.hold.add(held)
  state.memory = EventMemory.unpack(fields.memory!)
  state.deleted = EventMemory.unpack(fields.deleted!)
  state.removed = EventMemory.unpack(fields.removed!)
  state.vectoriser = Vectoriser.unpack(fields.vectoriser!)
  state.neighbourhood = Neighbourhood.unpack(fields.neighbourhood!, (post) => post as unknown as Post)
  state.clusters.unpack(fields.clusters!)
  state.counters = TypeCounters.unpack(fields.counters!)
  state.book.unpack(fields.issues!)
  state.suppressed.unpack(fields.suppressed!)
  state.meanings.unpack(fields.meanings!)
  return state
}
