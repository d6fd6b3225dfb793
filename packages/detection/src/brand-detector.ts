import type { CountingCommand, DetectionSettings, EmbeddingRecord, HeartbeatRecord, Mention } from '@outcry/contracts'
import {
  type BrandDetectorDeps,
  type BrandState,
  createBrandState,
  packBrandState,
  unpackBrandState,
} from './brand-state.ts'
import type { Effect } from './effect.ts'
import { createIssueTypes } from './issue-types.ts'
import type { Neighbourhood } from './neighbourhood.ts'
import type { Post } from './post.ts'
import { assigned, takeLate, takeMention } from './take-mention.ts'
import { deleteMention, removePosts } from './take-out.ts'
import { ANY_TYPE } from './type-counters.ts'

const MINUTE_MS = 60_000
const AHEAD_MS = 60_000
const MAX_HELD = 200_000

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
  #state: BrandState

  constructor(brand: string, settings: DetectionSettings, deps: BrandDetectorDeps) {
    this.#state = createBrandState(brand, settings, deps)
  }

  get brand(): string {
    return this.#state.brand
  }

  get settings(): DetectionSettings {
    return this.#state.settings
  }

  /** Settings from here on. */
  configure(settings: DetectionSettings): void {
    const state = this.#state
    state.meanings.configure(state.settings, settings)
    state.settings = settings
    state.types = createIssueTypes(settings.issueTypes)
  }

  /** A source says up to when it has delivered; the brand's clock is the largest of its live sources. */
  heartbeat(source: string, state: HeartbeatRecord['state'], sourceTime: number, appendedAtMs: number): Effect[] {
    if (sourceTime > appendedAtMs + AHEAD_MS) return [this.#counted('refused')]
    return this.#state.sources.beat(source, state, sourceTime) ? this.#advance() : []
  }

  mention(mention: Mention, backfill: boolean, appendedAtMs: number): Effect[] {
    const state = this.#state
    if (mention.op === 'delete') return deleteMention(state, mention)
    if (mention.eventTime > appendedAtMs + AHEAD_MS) return [this.#counted('refused')]
    if (mention.eventTime < state.memory.horizon) return [this.#counted('late')]
    const { dedupEntries, reorderMs } = state.settings
    const event = `${mention.id}|${mention.rev}|${mention.op}`
    if (state.deleted.has(mention.id) || state.memory.seen(event, mention.eventTime, dedupEntries))
      return [this.#counted('duplicate')]
    if (mention.eventTime <= state.taken) return takeLate(state, mention, backfill)
    // An edit bears its post's time as a rule: what it replaces must not be taken after it.
    if (mention.op === 'update')
      state.hold.drop((other) => other.id === mention.id && other.eventTime >= mention.eventTime)
    state.hold.add({ mention, backfill })
    const asked = state.meanings.askAbout(mention, backfill, state.sources.clock, state.settings)
    if (state.hold.size <= MAX_HELD) return asked
    const held = state.hold.take()!
    state.taken = Math.max(state.taken, held.mention.eventTime)
    return asked.concat(takeMention(state, held.mention, held.backfill, held.mention.eventTime + reorderMs))
  }

  /** A model's answer: it decides with the mention it is about, if that was not taken yet. */
  embedding(record: EmbeddingRecord): Effect[] {
    this.#state.meanings.hear(record, this.#state.settings)
    return []
  }

  command(command: CountingCommand, commandId: string): Effect[] {
    const { brand, book, neighbourhood, sources, taken } = this.#state
    if (command.type === 'remove') return removePosts(this.#state, command, commandId)
    const held = command.type === 'split' ? heldOf(neighbourhood, command) : []
    const { events, joined } = book.command(command, commandId, Math.max(sources.clock, taken), held)
    if (events.length === 0) return []
    const target = command.type === 'merge' ? command.into : (events[0]?.issueId ?? '')
    const keys = new Set(joined.map(({ key }) => key))
    for (const { post } of neighbourhood.recent) {
      if (keys.has(post.key) || (command.type === 'merge' && post.issue === command.issueId)) post.issue = target
    }
    const told = events.map((event): Effect => ({ type: 'issue', event }))
    // Those that nothing is held of any more go with the others.
    const named = command.type === 'split' ? command.mentionIds.map((id) => ({ id })) : []
    return [...told, ...assigned(brand, [...joined, ...named], target)]
  }

  statistics(): BrandStatistics {
    const { book, clusters, counters, deleted, hold, memory, removed, settings, taken } = this.#state
    const activeIssues = { incident: 0, major: 0, crisis: 0 }
    for (const { severity } of book.active) activeIssues[severity]++
    return {
      // As of what was taken in: a look ahead of it would let people leave windows that are still to be asked.
      complaintsExpected: taken > 0 ? counters.expectedPerHour(ANY_TYPE, taken) : 0,
      activeIssues,
      heldMentions: hold.size,
      heldMentionsLimit: MAX_HELD,
      rememberedEvents: memory.entries + deleted.entries + removed.entries,
      rememberedEventsLimit: 3 * settings.dedupEntries,
      clusters: clusters.size,
    }
  }

  /**
   * The state as bytes, made in steps of a few milliseconds, each of which tells how many there are so far. No record may
   * be taken in before the last one.
   */
  snapshot(): Generator<number, Uint8Array> {
    return packBrandState(this.#state)
  }

  static restore(brand: string, version: number, body: Uint8Array, deps: BrandDetectorDeps): BrandDetector {
    const state = unpackBrandState(brand, version, body, deps)
    const made = new BrandDetector(brand, state.settings, deps)
    made.#state = state
    return made
  }

  /** Takes what is due, and whole minutes between, in order of time. */
  #advance(): Effect[] {
    const state = this.#state
    const effects: Effect[] = []
    const { reorderMs } = state.settings
    const due = state.sources.clock - reorderMs
    const minuteBefore = state.lastMinute
    while (state.hold.nextAt <= due) {
      this.#minutesUntil(state.hold.nextAt + reorderMs, effects)
      const { mention, backfill } = state.hold.take()!
      state.taken = Math.max(state.taken, mention.eventTime)
      effects.push(...takeMention(state, mention, backfill, mention.eventTime + reorderMs))
    }
    this.#minutesUntil(state.sources.clock, effects)
    state.taken = Math.max(state.taken, due)
    if (state.lastMinute === minuteBefore || minuteBefore === 0) return effects
    // Once, however many minutes went by: a list replaces the one before, and costs as much as many mentions.
    const { complaintThreshold } = state.settings
    return effects.concat(state.clusters.list(state.lastMinute * MINUTE_MS, state.neighbourhood, complaintThreshold))
  }

  /** What each whole minute of the brand's clock brings, before `until`; nothing can happen in a long silence twice. */
  #minutesUntil(until: number, effects: Effect[]): void {
    const state = this.#state
    const { calmMs, dedupMs, historyMs, resolveAfterCalmMs } = state.settings
    const last = Math.ceil(until / MINUTE_MS) - 1
    if (state.lastMinute === 0) state.lastMinute = last
    if (last <= state.lastMinute) return
    const longest = Math.ceil((calmMs + resolveAfterCalmMs) / MINUTE_MS) + 2
    const busy = state.book.active.length > 0
    const from = busy ? Math.max(state.lastMinute + 1, last - longest) : last
    for (let minute = from; minute <= last; minute++) {
      if (!busy) break
      const events = state.book.tick(minute * MINUTE_MS, state.sources.allLive)
      for (const event of events) effects.push({ type: 'issue', event })
    }
    state.lastMinute = last
    const at = last * MINUTE_MS
    for (const burst of state.suppressed.due(at)) effects.push({ type: 'suppressed', burst })
    state.memory.expire(at - dedupMs)
    state.deleted.expire(at - dedupMs)
    state.removed.expire(at - dedupMs)
    state.neighbourhood.advance(at, historyMs)
  }

  #counted(what: 'duplicate' | 'late' | 'refused'): Effect {
    return { type: 'counted', brand: this.#state.brand, what, count: 1 }
  }
}

/** Posts of an issue that a command names, of those that windows hold. */
const heldOf = (
  neighbourhood: Neighbourhood,
  { issueId, mentionIds }: { issueId: string; mentionIds: readonly string[] },
): Post[] =>
  [...neighbourhood.recent].flatMap(({ post }) =>
    post.issue === issueId && mentionIds.includes(post.id) ? [post] : [],
  )
