import type {
  ClusterSummary,
  CountingCommand,
  DetectionSettings,
  HeartbeatRecord,
  IssueEvent,
  Mention,
} from '@outcry/contracts'
import { clusterSummaries } from './cluster-summaries.ts'
import { dominantType } from './dominant-type.ts'
import type { Effect } from './effect.ts'
import { EventMemory } from './event-memory.ts'
import { hash53 } from './hash.ts'
import { IssueBook } from './issue-book.ts'
import { release } from './issue.ts'
import { createKeyedHash } from './keyed-hash.ts'
import { describePosts } from './label.ts'
import { type MicroCluster, MicroClusters } from './micro-clusters.ts'
import { LONGEST_WINDOW_MS, Neighbourhood } from './neighbourhood.ts'
import { type Packed, pack, unpack } from './packed.ts'
import type { Post } from './post.ts'
import { type ReadMention, type Scorer, readMention } from './read-mention.ts'
import { ReorderHold } from './reorder-hold.ts'
import { MAY_START, nearTo, saysTheSame, scanNear } from './scan.ts'
import { ANY_TYPE, COUNTER_WINDOW_MS, TypeCounters } from './type-counters.ts'
import { type IssueType, createTypeMatcher, issueTypesOf } from './type-matcher.ts'
import { campaignOf } from './campaign.ts'
import { centroidOf } from './centroid.ts'
import type { SparseVector } from './sparse-index.ts'
import { Vectoriser } from './vectoriser.ts'

/** Version of the snapshot's layout; another version is rebuilt from the log. */
export const SNAPSHOT_VERSION = 2

const MINUTE_MS = 60_000
const AHEAD_MS = 60_000
const MAX_HELD = 200_000
const MAX_CLUSTERS = 600
const SHOWN_CLUSTERS = 200
/** A list of clusters costs as much as many mentions: due by the minute where these came, else every few minutes. */
const LIST_AFTER_MENTIONS = 128
const LIST_AFTER_MS = 5 * MINUTE_MS

export type BrandDetectorDeps = {
  idKey: string
  scorer: Scorer
  /** False where nobody reads lists of clusters; decides nothing. */
  listsClusters: boolean
}

export type BrandStatistics = {
  complaintsExpected: number
  activeIssues: Record<'incident' | 'major' | 'crisis', number>
  heldMentions: number
  heldMentionsLimit: number
  /** Event hashes kept to tell duplicates; at the limit the horizon shrinks. */
  rememberedEvents: number
  rememberedEventsLimit: number
  clusters: number
}

type SourceClock = { state: HeartbeatRecord['state']; sourceTime: number }

/**
 * The detector of one brand: a deterministic function of its records in order. No clock, no randomness, no I/O.
 *
 * A mention is held until the brand's clock is `reorderMs` past it and taken in (event time, event id) order; what is
 * decided with it is dated event time + `reorderMs`, the moment from which it could be decided, however records arrive.
 */
export class BrandDetector {
  readonly brand: string
  readonly #deps: BrandDetectorDeps
  readonly #name: (...parts: string[]) => string
  #settings: DetectionSettings
  #types: Map<string, IssueType>
  #matchTypes: (stems: readonly string[], lang: string) => string[]
  #sources = new Map<string, SourceClock>()
  #clock = 0
  /** Everything up to here was taken; later arrivals from before it are late. */
  #taken = -1
  #lastMinute = 0
  /** Mentions taken since the clusters were listed, and when that was. */
  #unlisted = 0
  #listedAt = 0
  #hold = new ReorderHold()
  #memory = new EventMemory()
  /** Mentions that were deleted, not only edited away from the brand: what arrives of them later is not counted. */
  #deleted = new EventMemory()
  #vectoriser = new Vectoriser()
  #neighbourhood = new Neighbourhood()
  #clusters = new MicroClusters(MAX_CLUSTERS)
  #counters = new TypeCounters()
  #book: IssueBook

  constructor(brand: string, settings: DetectionSettings, deps: BrandDetectorDeps) {
    this.brand = brand
    this.#deps = deps
    this.#settings = settings
    this.#name = createKeyedHash(deps.idKey)
    this.#types = new Map(issueTypesOf(settings.issueTypes).map((type) => [type.id, type]))
    this.#matchTypes = createTypeMatcher([...this.#types.values()])
    this.#book = new IssueBook({
      brand,
      name: (...parts) => this.#name(brand, ...parts),
      describe: (posts, issueType) => this.#describe(posts, issueType),
      cluster: (posts) => this.#clusterOf(posts),
      context: (at, issueType) => ({
        at,
        watchedFrom: this.#counters.watchedFrom,
        falseAlarmProbability: this.#settings.falseAlarmProbability,
        minPeople: this.#settings.minPeople,
        sampled: this.#neighbourhood.recentShare,
        typeLabel: this.#types.get(issueType ?? '')?.label,
        brand: this.brand,
        rarity: (term) => this.#vectoriser.rarity(term),
      }),
      settings: () => this.#settings,
    })
  }

  get settings(): DetectionSettings {
    return this.#settings
  }

  /** Settings from here on. */
  configure(settings: DetectionSettings): void {
    this.#settings = settings
    this.#types = new Map(issueTypesOf(settings.issueTypes).map((type) => [type.id, type]))
    this.#matchTypes = createTypeMatcher([...this.#types.values()])
  }

  /** A source says up to when it has delivered; the brand's clock is the largest of its live sources. */
  heartbeat(source: string, state: HeartbeatRecord['state'], sourceTime: number, appendedAtMs: number): Effect[] {
    if (sourceTime > appendedAtMs + AHEAD_MS) return [this.#counted('refused')]
    const known = this.#sources.get(source)
    this.#sources.set(source, { state, sourceTime: Math.max(sourceTime, known?.sourceTime ?? 0) })
    if (state !== 'live' || sourceTime <= this.#clock) return []
    this.#clock = sourceTime
    return this.#advance()
  }

  mention(mention: Mention, backfill: boolean, appendedAtMs: number): Effect[] {
    if (mention.op === 'delete') return this.#delete(mention)
    if (mention.eventTime > appendedAtMs + AHEAD_MS) return [this.#counted('refused')]
    if (mention.eventTime < this.#memory.horizon) return [this.#counted('late')]
    const { dedupEntries } = this.#settings
    const event = `${mention.id}|${mention.rev}|${mention.op}`
    if (this.#deleted.has(mention.id) || this.#memory.seen(event, mention.eventTime, dedupEntries)) {
      return [this.#counted('duplicate')]
    }
    if (mention.eventTime <= this.#taken) return this.#late(mention, backfill)
    this.#hold.add({ mention, backfill })
    if (this.#hold.size <= MAX_HELD) return []
    const held = this.#hold.take()!
    this.#taken = Math.max(this.#taken, held.mention.eventTime)
    return this.#take(held.mention, held.backfill, held.mention.eventTime + this.#settings.reorderMs)
  }

  command(command: CountingCommand, commandId: string): Effect[] {
    const at = Math.max(this.#clock, this.#taken)
    if (command.type === 'remove') return this.#remove((post) => command.mentionIds.includes(post.id), [])
    const { events, joined } = this.#book.command(command, commandId, at)
    if (events.length === 0) return []
    const target = command.type === 'merge' ? command.into : (events[0]?.issueId ?? '')
    const keys = new Set(joined.map(({ key }) => key))
    for (const { post } of this.#neighbourhood.recent) {
      if (keys.has(post.key) || (command.type === 'merge' && post.issue === command.issueId)) post.issue = target
    }
    return [...events.map(toEffect), ...this.#assigned(joined, target)]
  }

  statistics(): BrandStatistics {
    const activeIssues = { incident: 0, major: 0, crisis: 0 }
    for (const { severity } of this.#book.active) activeIssues[severity]++
    return {
      complaintsExpected: this.#clock > 0 ? this.#counters.expected(ANY_TYPE, this.#clock) * 2 : 0,
      activeIssues,
      heldMentions: this.#hold.size,
      heldMentionsLimit: MAX_HELD,
      rememberedEvents: this.#memory.entries + this.#deleted.entries,
      rememberedEventsLimit: 2 * this.#settings.dedupEntries,
      clusters: this.#clusters.size,
    }
  }

  snapshot(): Uint8Array {
    return pack({
      settings: this.#settings as unknown as Packed,
      sources: [...this.#sources].map(([source, clock]) => [source, clock.state, clock.sourceTime]),
      clock: this.#clock,
      taken: this.#taken,
      lastMinute: this.#lastMinute,
      unlisted: this.#unlisted,
      listedAt: this.#listedAt,
      hold: this.#hold.sorted() as unknown as Packed,
      memory: this.#memory.pack(),
      deleted: this.#deleted.pack(),
      vectoriser: this.#vectoriser.pack(),
      neighbourhood: this.#neighbourhood.pack((post) => post as unknown as Packed),
      clusters: this.#clusters.pack(),
      counters: this.#counters.pack(),
      issues: this.#book.pack(),
    })
  }

  static restore(brand: string, body: Uint8Array, deps: BrandDetectorDeps): BrandDetector {
    const fields = unpack(body) as Record<string, Packed>
    const made = new BrandDetector(brand, fields.settings as unknown as DetectionSettings, deps)
    for (const [source, state, sourceTime] of fields.sources as Packed[][]) {
      made.#sources.set(source as string, { state: state as SourceClock['state'], sourceTime: sourceTime as number })
    }
    made.#clock = fields.clock as number
    made.#taken = fields.taken as number
    made.#lastMinute = fields.lastMinute as number
    made.#unlisted = fields.unlisted as number
    made.#listedAt = fields.listedAt as number
    for (const held of fields.hold as unknown as { mention: Mention; backfill: boolean }[]) made.#hold.add(held)
    made.#memory = EventMemory.unpack(fields.memory!)
    made.#deleted = EventMemory.unpack(fields.deleted!)
    made.#vectoriser = Vectoriser.unpack(fields.vectoriser!)
    made.#neighbourhood = Neighbourhood.unpack(fields.neighbourhood!, (post) => post as unknown as Post)
    made.#clusters = MicroClusters.unpack(fields.clusters!, MAX_CLUSTERS)
    made.#counters = TypeCounters.unpack(fields.counters!)
    made.#book.unpack(fields.issues!)
    return made
  }

  /** Takes what is due, and whole minutes between, in order of time. */
  #advance(): Effect[] {
    const effects: Effect[] = []
    const { reorderMs } = this.#settings
    const due = this.#clock - reorderMs
    while (this.#hold.nextAt <= due) {
      this.#minutesUntil(this.#hold.nextAt + reorderMs, effects)
      const { mention, backfill } = this.#hold.take()!
      this.#taken = Math.max(this.#taken, mention.eventTime)
      effects.push(...this.#take(mention, backfill, mention.eventTime + reorderMs))
    }
    this.#minutesUntil(this.#clock, effects)
    this.#taken = Math.max(this.#taken, due)
    return effects
  }

  /** What each whole minute of the brand's clock brings, before `until`; nothing can happen in a long silence twice. */
  #minutesUntil(until: number, effects: Effect[]): void {
    const last = Math.ceil(until / MINUTE_MS) - 1
    if (this.#lastMinute === 0) this.#lastMinute = last
    if (last <= this.#lastMinute) return
    const { calmMs, resolveAfterCalmMs } = this.#settings
    const longest = Math.ceil((calmMs + resolveAfterCalmMs) / MINUTE_MS) + 2
    const busy = this.#book.active.length > 0
    const from = busy ? Math.max(this.#lastMinute + 1, last - longest) : last
    for (let minute = from; minute <= last; minute++) {
      const at = minute * MINUTE_MS
      if (busy) effects.push(...this.#book.tick(at, this.#allLive()).map(toEffect))
    }
    this.#lastMinute = last
    const at = last * MINUTE_MS
    this.#memory.expire(at - this.#settings.dedupMs)
    this.#deleted.expire(at - this.#settings.dedupMs)
    this.#neighbourhood.advance(at, this.#settings.historyMs)
    if (this.#unlisted === 0 || !this.#deps.listsClusters) return
    if (this.#unlisted < LIST_AFTER_MENTIONS && at < this.#listedAt + LIST_AFTER_MS) return
    this.#unlisted = 0
    this.#listedAt = at
    effects.push({ type: 'clusters', brand: this.brand, at, clusters: this.#summaries(at) })
  }

  #take(mention: Mention, backfill: boolean, at: number): Effect[] {
    const now = mention.eventTime
    const effects = this.#replaced(mention.id, mention.op)
    this.#counters.watch(now)
    this.#neighbourhood.advance(now, this.#settings.historyMs)
    const read = this.#read(mention, now, backfill)
    const { post, vector, score } = read
    const cluster = this.#cluster(post, vector, mention.id, effects)
    const complains = post.complaint >= this.#settings.complaintThreshold
    const products = this.#neighbourhood.products(vector)
    const near = nearTo(this.#neighbourhood, products)
    const copied = mention.repostOf === undefined && saysTheSame(this.#neighbourhood, vector, products, near)
    post.copy = copied || mention.repostOf !== undefined
    const campaign = copied && complains ? campaignOf(this.#neighbourhood, vector, products, near, post) : undefined
    const counts = complains && !post.copy
    if (counts) this.#counters.add(post, now)
    const matched = complains ? this.#book.match(vector, post, now) : undefined
    const events: IssueEvent[] = []
    if (matched) events.push(...this.#book.join(matched.issue, post, matched.near, at, mention.id))
    const own = this.#neighbourhood.add(post, vector, now)
    if (own && !post.copy && !backfill && post.complaint >= MAY_START) {
      const burst = scanNear(this.#neighbourhood, vector, products, near, own, now, this.#settings)
      if (burst) {
        const dominant = dominantType(burst.members)
        this.#apply({ ...burst, rule: 'scan', issueType: dominant }, at, mention.id, events, effects)
      }
    }
    if (campaign && !backfill) {
      const issueType = dominantType(campaign.members)
      this.#apply({ ...campaign, rule: 'scan', issueType, copied: true }, at, mention.id, events, effects)
    }
    if (counts && !backfill) this.#countTypes(post, now, at, mention.id, events, effects)
    effects.push(...events.map(toEffect), {
      type: 'mention',
      brand: this.brand,
      mention,
      complaint: score.complaint,
      lang: score.lang,
      clusterId: cluster.name,
      issueId: post.issue || null,
    })
    return effects
  }

  #countTypes(post: Post, now: number, at: number, id: string, events: IssueEvent[], effects: Effect[]): void {
    const { falseAlarmProbability } = this.#settings
    const bursts = this.#counters.bursts([...post.types, ANY_TYPE], now, falseAlarmProbability)
    const from = now - COUNTER_WINDOW_MS
    for (const { type, observed, expected, tailProbability } of bursts) {
      const placed = this.#neighbourhood.recent.filter(
        ({ post: other }) =>
          other.at > from &&
          !other.copy &&
          other.complaint >= this.#settings.complaintThreshold &&
          (type === ANY_TYPE || other.types.includes(type)),
      )
      if (placed.length < this.#settings.minPeople) continue
      const centroid = centroidOf(
        placed.map((one) => this.#neighbourhood.vectorOf(one)),
        96,
      )
      const members = placed.map((one) => one.post)
      const windowMs = COUNTER_WINDOW_MS
      const issueType = type
      this.#apply(
        { rule: 'counter', issueType, windowMs, observed, expected, tailProbability, members, centroid },
        at,
        id,
        events,
        effects,
      )
    }
  }

  #apply(
    found: Parameters<IssueBook['burst']>[0],
    at: number,
    record: string,
    events: IssueEvent[],
    effects: Effect[],
  ): void {
    const change = this.#book.burst(found, at, record)
    events.push(...change.events)
    for (const post of change.joined) {
      const issue = change.joined[0]!.issue
      if (post.issue === issue && post.id !== record) effects.push(...this.#assigned([post], issue))
    }
  }

  /** Older than what was taken: into the longest window at its own time, else only counted. */
  #late(mention: Mention, backfill: boolean): Effect[] {
    const late = this.#counted('late')
    if (mention.eventTime <= this.#taken - LONGEST_WINDOW_MS && !backfill) return [late]
    const effects = this.#replaced(mention.id, mention.op)
    const { post, vector, score } = this.#read(mention, mention.eventTime, backfill)
    const cluster = this.#cluster(post, vector, mention.id, effects)
    post.copy = mention.repostOf !== undefined
    if (post.complaint >= this.#settings.complaintThreshold && !post.copy) this.#counters.add(post, this.#taken)
    this.#neighbourhood.add(post, vector, this.#taken)
    return [
      ...effects,
      late,
      {
        type: 'mention',
        brand: this.brand,
        mention,
        complaint: score.complaint,
        lang: score.lang,
        clusterId: cluster.name,
        issueId: null,
      },
    ]
  }

  #read(mention: Mention, at: number, backfill: boolean): ReadMention {
    const { scorer } = this.#deps
    return readMention(mention, { at, backfill, scorer, vectoriser: this.#vectoriser, matchTypes: this.#matchTypes })
  }

  #cluster(post: Post, vector: SparseVector, id: string, effects: Effect[]): MicroCluster {
    const { cluster, merged } = this.#clusters.join(vector, post.at, post.person, () =>
      this.#name(this.brand, 'cluster', id),
    )
    post.cluster = cluster.slot
    this.#unlisted++
    for (const from of merged) {
      for (const { post: other } of this.#neighbourhood.recent)
        if (other.cluster === from.slot) other.cluster = cluster.slot
      effects.push({ type: 'clusterMerged', brand: this.brand, from: from.name, into: cluster.name })
    }
    return cluster
  }

  /** An edit takes the place of what was there. */
  #replaced(id: string, op: Mention['op']): Effect[] {
    if (op !== 'update' && !this.#neighbourhood.find(id)) return []
    this.#takeOut((post) => post.id === id || post.key === hash53(id))
    return []
  }

  #delete(mention: Mention): Effect[] {
    const person = mention.deleteAuthor && mention.author ? hash53(mention.author.id) : undefined
    const key = hash53(mention.id)
    if (person === undefined && mention.movedAway !== true)
      this.#deleted.seen(mention.id, Math.max(mention.eventTime, this.#taken), this.#settings.dedupEntries)
    const held = this.#hold.drop((other) =>
      person === undefined ? other.id === mention.id : hash53(other.author?.id ?? other.id) === person,
    )
    return this.#remove(
      (post) => (person === undefined ? post.key === key : post.person === person),
      person === undefined ? [mention.id] : held.map(({ id }) => id),
    )
  }

  #remove(matches: (post: Post) => boolean, alsoForget: readonly string[]): Effect[] {
    const removed = this.#takeOut(matches)
    const mentionIds = [...new Set([...alsoForget, ...removed.map(({ id }) => id).filter(Boolean)])]
    return mentionIds.length > 0 ? [{ type: 'forget', brand: this.brand, mentionIds }] : []
  }

  #takeOut(matches: (post: Post) => boolean): Post[] {
    const removed = this.#neighbourhood.remove(matches)
    for (const post of removed) {
      if (!post.copy && post.complaint >= this.#settings.complaintThreshold) this.#counters.remove(post)
    }
    for (const issue of this.#book.issues) {
      for (const post of issue.evidence.filter(matches)) {
        release(issue, post)
        removed.push(post)
      }
    }
    return removed
  }

  #assigned(posts: readonly Post[], issueId: string): Effect[] {
    const mentionIds = posts.map(({ id }) => id).filter(Boolean)
    return mentionIds.length > 0 ? [{ type: 'assign', brand: this.brand, mentionIds, clusterId: null, issueId }] : []
  }

  #clusterOf(posts: readonly Post[]): { slot: number; name: string } {
    const votes = new Map<number, number>()
    for (const { cluster } of posts) votes.set(cluster, (votes.get(cluster) ?? 0) + 1)
    const [slot] = [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0] ?? [-1]
    return { slot, name: this.#clusters.get(slot)?.name ?? '' }
  }

  #describe(posts: readonly Post[], issueType: string | null): { label: string; terms: string[] } {
    const typeLabel =
      issueType === ANY_TYPE ? 'Many different complaints at once' : this.#types.get(issueType ?? '')?.label
    return describePosts(posts, { brand: this.brand, rarity: (term) => this.#vectoriser.rarity(term), typeLabel })
  }

  #summaries(at: number): ClusterSummary[] {
    return clusterSummaries({
      brand: this.brand,
      at,
      most: SHOWN_CLUSTERS,
      clusters: this.#clusters,
      recent: this.#neighbourhood.recent,
      history: this.#neighbourhood.history,
      threshold: this.#settings.complaintThreshold,
      describe: (posts) => this.#describe(posts, dominantType(posts)),
    })
  }

  #allLive(): boolean {
    for (const { state } of this.#sources.values()) if (state !== 'live') return false
    return true
  }

  #counted(what: 'duplicate' | 'late' | 'refused'): Effect {
    return { type: 'counted', brand: this.brand, what, count: 1 }
  }
}

const toEffect = (event: IssueEvent): Effect => ({ type: 'issue', event })
