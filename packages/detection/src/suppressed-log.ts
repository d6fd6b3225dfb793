import type { DetectionSettings, SuppressedBurst, SuppressedReason } from '@outcry/contracts'
import { productsWith } from './centroid.ts'
import { FewVoices, type Storm } from './few-voices.ts'
import type { FoundBurst } from './found-burst.ts'
import { leastPeople, oddsAsked } from './least-people.ts'
import type { NearBurst } from './near-burst.ts'
import { onsetOf } from './onset.ts'
import type { Packed } from './packed.ts'
import type { Post } from './post.ts'
import type { SparseVector } from './sparse-index.ts'
import { ANY_TYPE } from './type-counters.ts'
import { suppressedReasons } from './suppressed-reasons.ts'

const HOUR_MS = 3_600_000
/** What came near is told after this time, at its strongest, unless it opened meanwhile. */
const HOLD_MS = 1_800_000
/** Most topics remembered a brand; while there are so many, further ones stay untold. */
const MAX_TOPICS = 48
/** Cosine from which two narrow ones are the same topic. */
const SAME_TOPIC = 0.4
/** Naming is costly: again only when it grew by half. */
const GROWTH = 1.5
const STRONGER = 1.1
const MOSTLY_KNOWN = 0.3

type Untold = Omit<SuppressedBurst, 'id' | 'brand' | 'at' | 'reasons'>
type Topic = {
  burst: Untold
  founded: string
  /** Tail probability below which it would have opened. */
  asked: number
  centroid: SparseVector
  nearAt: number
  told: boolean
  /** Members when it was last named. */
  named: number
}

export type SuppressedPorts = {
  brand: string
  name: (...parts: string[]) => string
  describe: (posts: readonly Post[], issueType: string | null) => { label: string; terms: string[] }
  settings: () => DetectionSettings
}

/**
 * What came near to an issue and opened none. Each topic is told once an hour at most, at its strongest, half an hour
 * after it first came near; one that opened an issue meanwhile is not told.
 */
export class SuppressedLog {
  readonly #ports: SuppressedPorts
  #topics: Topic[] = []
  #voices = new FewVoices()

  constructor(ports: SuppressedPorts) {
    this.#ports = ports
  }

  get size(): number {
    return this.#topics.length
  }

  /** Whether a counter's burst would tell anything new: finding its members is costly. */
  wants(issueType: string, tailProbability: number): boolean {
    const known = this.#topics.find(({ burst }) => burst.issueType === issueType)
    return known === undefined
      ? this.#topics.length < MAX_TOPICS
      : !known.told && tailProbability < known.burst.tailProbability
  }

  /** Counts a complaint, copy or not, that belongs to no issue; a storm of few where it makes one. */
  hear(post: Post, now: number): Storm | undefined {
    return post.issue === '' ? this.#voices.add(post, now, this.#ports.settings().minPeople) : undefined
  }

  /** A burst came near at `at`, with the record of that id. */
  note(near: NearBurst, at: number, record: string): void {
    if (near.reason !== 'dismissed' && isKnownIssue(near.members)) return this.opened(near)
    const known = this.#topics.find((topic) => isSame(topic, near))
    if (known === undefined) {
      if (this.#topics.length >= MAX_TOPICS || near.members.length === 0) return
      const { centroid, members } = near
      const burst = { ...this.#figures(near, at), ...this.#named(near) }
      const asked = oddsAsked(near, this.#ports.settings())
      const named = members.length
      this.#topics.push({ burst, asked, centroid, founded: record, nearAt: at, told: false, named })
      return
    }
    if (known.told || isWeaker(near, known.burst)) return
    Object.assign(known.burst, this.#figures(near, at))
    known.asked = oddsAsked(near, this.#ports.settings())
    known.centroid = near.centroid
    if (near.members.length < known.named * GROWTH) return
    Object.assign(known.burst, this.#named(near))
    known.named = near.members.length
  }

  /** It opened an issue, or goes on in one: nothing was suppressed. */
  opened(found: FoundBurst): void {
    if (this.#topics.length > 0) this.#topics = this.#topics.filter((topic) => topic.told || !isSame(topic, found))
  }

  /** What is to be told by now; forgets topics after their hour. */
  due(at: number): SuppressedBurst[] {
    if (this.#topics.length === 0) return []
    const due = this.#topics.filter(({ told, nearAt }) => !told && at >= nearAt + HOLD_MS)
    for (const topic of due) topic.told = true
    this.#topics = this.#topics.filter(({ nearAt }) => at < nearAt + HOUR_MS)
    return due.map((topic) => this.#told(topic))
  }

  pack(): Packed {
    const topics = this.#topics.map((topic) => ({
      ...topic,
      burst: { ...topic.burst },
      centroid: { ...topic.centroid },
    }))
    return { topics, voices: this.#voices.pack() }
  }

  unpack(packed: Packed): void {
    const { topics, voices } = packed as Record<string, Packed>
    this.#topics = topics as unknown as Topic[]
    this.#voices = FewVoices.unpack(voices!)
  }

  #figures(near: NearBurst, at: number) {
    const { reason, rule, issueType, windowMs, observed, expected, tailProbability, members } = near
    const first = members.reduce((earliest, post) => (post.at < earliest.at ? post : earliest))
    const onePerPerson = new Map(members.toSorted((a, b) => b.at - a.at).map((post) => [post.person, post.at]))
    return {
      reason,
      rule,
      issueType,
      windowMs,
      observed,
      expected: Math.round(expected * 1_000) / 1_000,
      tailProbability,
      mentions: members.length,
      since: onsetOf([...onePerPerson.values()], expected / windowMs, at),
      first: { source: first.source, at: first.at },
      issueId: near.issueId ?? null,
      needed: leastPeople(near, this.#ports.settings()),
    }
  }

  #named({ members, issueType }: NearBurst) {
    const { label, terms } = this.#ports.describe(members, issueType)
    return { label, terms: terms.slice(0, 12) }
  }

  #told({ burst, asked, founded, nearAt }: Topic): SuppressedBurst {
    const { brand, name, settings } = this.#ports
    return {
      id: name('suppressed', burst.rule, burst.issueType ?? '', founded),
      brand,
      at: nearAt + HOLD_MS,
      ...burst,
      reasons: suppressedReasons(burst, asked, settings()),
    }
  }
}

/** What mostly belongs to an issue is told there. */
const isKnownIssue = (members: readonly Post[]): boolean =>
  members.filter(({ issue }) => issue !== '').length >= MOSTLY_KNOWN * Math.max(1, members.length)

/** About the same type or the same words; what everybody complains about is a topic of its own. */
const isSame = (topic: Topic, { issueType, centroid }: Omit<FoundBurst, 'members'>): boolean =>
  (issueType !== null && topic.burst.issueType === issueType) ||
  (topic.burst.issueType !== ANY_TYPE &&
    issueType !== ANY_TYPE &&
    productsWith(centroid, [topic.centroid])[0]! >= SAME_TOPIC)

/** A reason that only people can change outranks the odds: the odds had been enough. */
const RANK: Readonly<Record<SuppressedReason, number>> = {
  chance: 0,
  'too-few-people': 0,
  'few-accounts': 1,
  'not-complaints': 1,
  late: 2,
  promotion: 2,
  dismissed: 3,
}

/** Also what is hardly stronger: looking into the posts of a crowd is costly, and comes with each of them. */
const isWeaker = (near: NearBurst, known: Untold): boolean => {
  const higher = RANK[near.reason] - RANK[known.reason]
  if (higher !== 0) return higher < 0
  if (near.tailProbability < known.tailProbability) return near.observed < known.observed * STRONGER
  return near.tailProbability > known.tailProbability || near.members.length < known.mentions * GROWTH
}
