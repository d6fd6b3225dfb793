import type {
  CountingCommand,
  DetectionSettings,
  EmbeddingRecord,
  HeartbeatRecord,
  IssueEvent,
  Mention,
} from '@outcry/contracts'
import { BrandClusters } from './brand-clusters.ts'
import { BrandMeanings } from './brand-meanings.ts'
import { dominantType } from './dominant-type.ts'
import type { Effect } from './effect.ts'
import { EventMemory } from './event-memory.ts'
import { hash53 } from './hash.ts'
import type { FoundBurst } from './found-burst.ts'
import { IssueBook } from './issue-book.ts'
import { stormBurst } from './storm-burst.ts'
import { SuppressedLog } from './suppressed-log.ts'
import { release } from './issue.ts'
import { type IssueTypes, createIssueTypes } from './issue-types.ts'
import { createKeyedHash } from './keyed-hash.ts'
import { describePosts } from './label.ts'
import { LONGEST_WINDOW_MS, Neighbourhood } from './neighbourhood.ts'
import { type Packed, pack, unpack } from './packed.ts'
import type { Post } from './post.ts'
import { type ReadMention, type Scorer, readMention } from './read-mention.ts'
import { ReorderHold } from './reorder-hold.ts'
import { MAY_START, scanNear } from './scan.ts'
import { ANY_TYPE, TypeCounters } from './type-counters.ts'
import { SourceClocks } from './source-clocks.ts'
import { campaignOf } from './campaign.ts'
import { copiesOf } from './copies.ts'
import { countedBursts } from './counted-bursts.ts'
import { Vectoriser } from './vectoriser.ts'

/** Version of the snapshot's layout; another version is rebuilt from the log. */
export const SNAPSHOT_VERSION = 11

const MINUTE_MS = 60_000
const AHEAD_MS = 60_000
const MAX_HELD = 200_000

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
  #types: IssueTypes
  #sources = new SourceClocks()
  /** Everything up to here was taken; later arrivals from before it are late. */
  #taken = -1
  #lastMinute = 0
  #hold = new ReorderHold()
  #memory = new EventMemory()
  /** Mentions that were deleted, not only edited away from the brand: what arrives of them later is not counted. */
  #deleted = new EventMemory()
  #vectoriser = new Vectoriser()
  #neighbourhood = new Neighbourhood()
  #meanings: BrandMeanings
  #clusters: BrandClusters
  #counters = new TypeCounters()
  #book: IssueBook
  #suppressed: SuppressedLog

  constructor(brand: string, settings: DetectionSettings, deps: BrandDetectorDeps) {
    this.brand = brand
    this.#deps = deps
    this.#settings = settings
    this.#meanings = new BrandMeanings(brand, deps.scorer)
    this.#name = createKeyedHash(deps.idKey)
    this.#types = createIssueTypes(settings.issueTypes)
    const name = (...parts: string[]) => this.#name(brand, ...parts)
    const describe = (posts: readonly Post[], issueType: string | null, typeLeads = true) =>
      describePosts(posts, {
        typeLeads,
        brand,
        rarity: (term) => this.#vectoriser.rarity(term),
        issueType,
        typeLabel: this.#types.labelOf(issueType),
        typesOf: this.#types.match,
      })
    const merged = (from: string, into: string) => this.#book.clusterMerged(from, into)
    this.#clusters = new BrandClusters({ brand, name, describe, merged, lists: deps.listsClusters })
    this.#suppressed = new SuppressedLog({ brand, name, describe, settings: () => this.#settings })
    this.#book = new IssueBook({
      brand,
      name,
      describe,
      cluster: (posts) => this.#clusters.of(posts),
      context: (at, issueType) => ({
        at,
        watchedFrom: this.#counters.watchedFrom,
        sampled: this.#neighbourhood.recentShare,
        typeLabel: this.#types.labelOf(issueType),
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
    this.#meanings.configure(this.#settings, settings)
    this.#settings = settings
    this.#types = createIssueTypes(settings.issueTypes)
  }

  /** A source says up to when it has delivered; the brand's clock is the largest of its live sources. */
  heartbeat(source: string, state: HeartbeatRecord['state'], sourceTime: number, appendedAtMs: number): Effect[] {
    if (sourceTime > appendedAtMs + AHEAD_MS) return [this.#counted('refused')]
    return this.#sources.beat(source, state, sourceTime) ? this.#advance() : []
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
    const asked = this.#meanings.askAbout(mention, backfill, this.#sources.clock, this.#settings)
    if (this.#hold.size <= MAX_HELD) return asked
    const held = this.#hold.take()!
    this.#taken = Math.max(this.#taken, held.mention.eventTime)
    return asked.concat(this.#take(held.mention, held.backfill, held.mention.eventTime + this.#settings.reorderMs))
  }

  /** A model's answer: it decides with the mention it is about, if that was not taken yet. */
  embedding(record: EmbeddingRecord): Effect[] {
    this.#meanings.hear(record, this.#settings)
    return []
  }

  command(command: CountingCommand, commandId: string): Effect[] {
    const at = Math.max(this.#sources.clock, this.#taken)
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
      complaintsExpected: this.#sources.clock > 0 ? this.#counters.expectedPerHour(ANY_TYPE, this.#sources.clock) : 0,
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
      sources: this.#sources.pack(),
      taken: this.#taken,
      lastMinute: this.#lastMinute,
      hold: this.#hold.sorted() as unknown as Packed,
      memory: this.#memory.pack(),
      deleted: this.#deleted.pack(),
      vectoriser: this.#vectoriser.pack(),
      neighbourhood: this.#neighbourhood.pack((post) => post as unknown as Packed),
      clusters: this.#clusters.pack(),
      counters: this.#counters.pack(),
      issues: this.#book.pack(),
      suppressed: this.#suppressed.pack(),
      meanings: this.#meanings.pack([...this.#neighbourhood.recent, ...this.#neighbourhood.history]),
    })
  }

  static restore(brand: string, body: Uint8Array, deps: BrandDetectorDeps): BrandDetector {
    const fields = unpack(body) as Record<string, Packed>
    const made = new BrandDetector(brand, fields.settings as unknown as DetectionSettings, deps)
    made.#sources = SourceClocks.unpack(fields.sources!)
    made.#taken = fields.taken as number
    made.#lastMinute = fields.lastMinute as number
    for (const held of fields.hold as unknown as { mention: Mention; backfill: boolean }[]) made.#hold.add(held)
    made.#memory = EventMemory.unpack(fields.memory!)
    made.#deleted = EventMemory.unpack(fields.deleted!)
    made.#vectoriser = Vectoriser.unpack(fields.vectoriser!)
    made.#neighbourhood = Neighbourhood.unpack(fields.neighbourhood!, (post) => post as unknown as Post)
    made.#clusters.unpack(fields.clusters!)
    made.#counters = TypeCounters.unpack(fields.counters!)
    made.#book.unpack(fields.issues!)
    made.#suppressed.unpack(fields.suppressed!)
    made.#meanings.unpack(fields.meanings!)
    return made
  }

  /** Takes what is due, and whole minutes between, in order of time. */
  #advance(): Effect[] {
    const effects: Effect[] = []
    const { reorderMs } = this.#settings
    const due = this.#sources.clock - reorderMs
    while (this.#hold.nextAt <= due) {
      this.#minutesUntil(this.#hold.nextAt + reorderMs, effects)
      const { mention, backfill } = this.#hold.take()!
      this.#taken = Math.max(this.#taken, mention.eventTime)
      effects.push(...this.#take(mention, backfill, mention.eventTime + reorderMs))
    }
    this.#minutesUntil(this.#sources.clock, effects)
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
      if (busy) effects.push(...this.#book.tick(at, this.#sources.allLive).map(toEffect))
    }
    this.#lastMinute = last
    const at = last * MINUTE_MS
    for (const burst of this.#suppressed.due(at)) effects.push({ type: 'suppressed', burst })
    this.#memory.expire(at - this.#settings.dedupMs)
    this.#deleted.expire(at - this.#settings.dedupMs)
    this.#neighbourhood.advance(at, this.#settings.historyMs)
    effects.push(...this.#clusters.list(at, this.#neighbourhood, this.#settings.complaintThreshold))
  }

  #take(mention: Mention, backfill: boolean, at: number): Effect[] {
    const now = mention.eventTime
    const effects = this.#replaced(mention.id, mention.op)
    if (mention.byBrand === true) return [...effects, this.#ownPost(mention)]
    this.#counters.watch(now)
    this.#neighbourhood.advance(now, this.#settings.historyMs)
    const read = this.#read(mention, now, backfill)
    const { post, vector, score } = read
    const micro = this.#clusters.join(post, vector, this.#neighbourhood, effects)
    const complains = post.complaint >= this.#settings.complaintThreshold
    const copies = mention.repostOf === undefined ? copiesOf(this.#neighbourhood, vector, post) : []
    post.copy = copies.length > 0 || mention.repostOf !== undefined
    const campaign = complains ? campaignOf(post, vector, copies) : undefined
    const counts = complains && !post.copy
    if (!post.copy) this.#counters.add(post, complains, now)
    const matched = complains ? this.#book.match(vector, post, now) : undefined
    const events: IssueEvent[] = []
    if (matched) events.push(...this.#book.join(matched.issue, post, matched.near, at, mention.id))
    const own = this.#neighbourhood.add(post, vector, now)
    const meant = this.#meanings.place(mention, own, this.#neighbourhood.table)
    if (own && !post.copy && !backfill && post.complaint >= MAY_START) {
      const scanned = scanNear(this.#neighbourhood, own, now, this.#settings, meant)
      if (scanned) {
        const { burst, held } = scanned
        const found: FoundBurst = { ...burst, rule: 'scan', issueType: dominantType(burst.members) }
        if (held) this.#suppressed.note({ ...found, reason: held }, at, mention.id)
        else this.#apply(found, at, mention.id, events, effects)
      }
    }
    if (campaign && !backfill) {
      const issueType = dominantType(campaign.members)
      this.#apply({ ...campaign, rule: 'scan', issueType, copied: true }, at, mention.id, events, effects)
    }
    if (counts && !backfill) this.#countTypes(post, now, at, mention.id, events, effects)
    if (complains) this.#hearStorm(post, now, at, mention.id)
    effects.push(...events.map(toEffect), {
      type: 'mention',
      brand: this.brand,
      mention,
      complaint: score.complaint,
      lang: score.lang,
      clusterId: micro.cluster.id,
      clusterPart: micro.founded,
      issueId: post.issue || null,
    })
    return effects
  }

  /** Many posts of few people open nothing, and are told. */
  #hearStorm(post: Post, now: number, at: number, record: string): void {
    const storm = this.#suppressed.hear(post, now)
    const near = storm && stormBurst(storm, this.#neighbourhood, now, this.#settings.complaintThreshold)
    if (near) this.#suppressed.note(near, at, record)
  }

  #countTypes(post: Post, now: number, at: number, id: string, events: IssueEvent[], effects: Effect[]): void {
    const looks = { explained: (issueId: string) => this.#book.explains(issueId), log: this.#suppressed }
    const bursts = countedBursts(this.#counters, this.#neighbourhood, post, now, this.#settings, looks)
    for (const { found, opens } of bursts) {
      if (opens) this.#apply(found, at, id, events, effects)
      else this.#suppressed.note({ ...found, reason: 'chance' }, at, id)
    }
  }

  #apply(found: FoundBurst, at: number, record: string, events: IssueEvent[], effects: Effect[]): void {
    const change = this.#book.burst(found, at, record)
    if (change.suppressed) this.#suppressed.note({ ...found, ...change.suppressed }, at, record)
    else this.#suppressed.opened(found)
    events.push(...change.events)
    for (const post of change.joined) {
      const issue = change.joined[0]!.issue
      if (post.issue === issue && post.id !== record) effects.push(...this.#assigned([post], issue))
    }
  }

  /** The brand's own words are no complaint; what they reply to is answered. */
  #ownPost(mention: Mention): Effect {
    if (mention.parentId !== undefined) {
      const parent = this.#neighbourhood.find(mention.parentId)
      if (parent) parent.post.answered = true
      this.#book.answered(hash53(mention.parentId))
    }
    const { brand } = this
    const lang = mention.lang ?? 'und'
    return { type: 'mention', brand, mention, complaint: 0, lang, clusterId: null, clusterPart: null, issueId: null }
  }

  /** Older than what was taken: into the longest window at its own time, else only counted. */
  #late(mention: Mention, backfill: boolean): Effect[] {
    const late = this.#counted('late')
    if (mention.eventTime <= this.#taken - LONGEST_WINDOW_MS && !backfill) return [late]
    const effects = this.#replaced(mention.id, mention.op)
    if (mention.byBrand === true) return [...effects, late, this.#ownPost(mention)]
    const { post, vector, score } = this.#read(mention, mention.eventTime, backfill)
    const micro = this.#clusters.join(post, vector, this.#neighbourhood, effects)
    post.copy = mention.repostOf !== undefined
    if (!post.copy) this.#counters.add(post, post.complaint >= this.#settings.complaintThreshold, this.#taken)
    const own = this.#neighbourhood.add(post, vector, this.#taken)
    this.#meanings.place(mention, own, this.#neighbourhood.table)
    return [
      ...effects,
      late,
      {
        type: 'mention',
        brand: this.brand,
        mention,
        complaint: score.complaint,
        lang: score.lang,
        clusterId: micro.cluster.id,
        clusterPart: micro.founded,
        issueId: null,
      },
    ]
  }

  #read(mention: Mention, at: number, backfill: boolean): ReadMention {
    const { scorer } = this.#deps
    return readMention(mention, { at, backfill, scorer, vectoriser: this.#vectoriser, matchTypes: this.#types.match })
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
    for (const gone of held) this.#meanings.forget(gone)
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
      if (!post.copy) this.#counters.remove(post, post.complaint >= this.#settings.complaintThreshold)
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

  #counted(what: 'duplicate' | 'late' | 'refused'): Effect {
    return { type: 'counted', brand: this.brand, what, count: 1 }
  }
}

const toEffect = (event: IssueEvent): Effect => ({ type: 'issue', event })
