import type { CountingCommand, DetectionSettings, IssueEvent, IssueEventKind } from '@outcry/contracts'
import { continuedBy, recurring } from './continued-issue.ts'
import { type EvidenceContext, evidenceOf } from './evidence.ts'
import { regrade } from './regrade.ts'
import { type Issue, absorb, mergeIssue, release, releaseCounted, packIssue, unpackIssue } from './issue.ts'
import { type FoundBurst, strengthOf } from './found-burst.ts'
import type { NearBurst } from './near-burst.ts'
import { leastPeople } from './least-people.ts'
import { matchingIssue } from './matching-issue.ts'
import { newIssue } from './new-issue.ts'
import { notOpening } from './not-opening.ts'
import type { Packed } from './packed.ts'
import { refuse, refuses, refusesMost } from './refusal.ts'
import { sinceResolved } from './since-resolved.ts'
import { strengthAmong } from './strength-among.ts'
import type { Post } from './post.ts'
import type { SparseVector } from './sparse-index.ts'
import { type Describe, strengthen, typeLeads } from './strengthen-issue.ts'
import { ANY_TYPE } from './type-counters.ts'

/** Most issues remembered; the oldest closed ones go first, an open one never before them. */
const MAX_ISSUES = 200
const GROWTH = 1.5

export type BookPorts = {
  brand: string
  name: (...parts: string[]) => string
  describe: Describe
  /** The direction of what the posts say. */
  direction: (posts: readonly Post[]) => SparseVector
  /** Id of the cluster most of the posts are in. */
  cluster: (posts: readonly Post[]) => string
  context: (at: number, issueType: string | null) => EvidenceContext
  settings: () => DetectionSettings
}

type EventOf = (kind: IssueEventKind, of: Issue, extra?: Partial<IssueEvent>) => IssueEvent

/** A state change of an issue, with the members that newly belong to it. */
export type BookChange = {
  events: IssueEvent[]
  joined: Post[]
  /** Why the burst changed nothing. */
  suppressed?: Pick<NearBurst, 'reason' | 'issueId'>
}

/** The issues of one brand: opening, continuing, calming, closing, and people's decisions. */
export class IssueBook {
  readonly #ports: BookPorts
  #issues: Issue[] = []
  #repliesSeen = false

  constructor(ports: BookPorts) {
    this.#ports = ports
  }

  get issues(): readonly Issue[] {
    return this.#issues
  }

  get active(): Issue[] {
    return this.#issues.filter(({ state }) => state === 'open' || state === 'calm')
  }

  get(id: string): Issue | undefined {
    return this.#issues.find((issue) => issue.id === id)
  }

  /**
   * True where an issue about something explains a post that belongs to it, while it is active or where a person resolved
   * it after the post; one about everything explains nothing.
   */
  explains({ issue: id, at }: Pick<Post, 'issue' | 'at'>): boolean {
    const issue = id === '' ? undefined : this.get(id)
    if (issue === undefined || issue.issueType === ANY_TYPE) return false
    const active = issue.state === 'open' || issue.state === 'calm'
    return active || (issue.state === 'resolved' && issue.byPerson && at <= issue.closedAt)
  }

  /** The open issue a post belongs to: near a narrow one, else of a broad one's type. */
  match(vector: SparseVector, post: Post, now: number): { issue: Issue; near: number } | undefined {
    return matchingIssue(this.#issues, vector, post, now, this.#ports.settings().calmMs)
  }

  /** A burst: it continues the issue it overlaps, brings one back, or opens one. */
  burst(found: FoundBurst, at: number, record: string): BookChange {
    const willing = this.#issues.filter((issue) => !refusesMost(issue, found.members))
    const known = continuedBy(found, willing, at, this.#ports.settings())
    if (known?.state === 'dismissed' || known?.state === 'merged') {
      known.lastBurstAt = at
      if (known.state === 'merged') return { events: [], joined: [] }
      // They belong to it, so that what goes on for hours is still known as dismissed.
      const joined = found.members.filter((post) => post.issue === '' && !refuses(known, post))
      for (const post of joined) post.issue = known.id
      return { events: [], joined, suppressed: { reason: 'dismissed', issueId: known.id } }
    }
    if (!known) {
      const reason = notOpening(found, this.#ports.settings())
      return reason ? { events: [], joined: [], suppressed: { reason } } : this.#open(found, at, record)
    }
    const joined = strengthen(known, found, at, this.#ports.describe)
    if (known.state === 'resolved') {
      const again = known.byPerson ? sinceResolved(found, known.closedAt, this.#ports.settings()) : known.strongest
      if (again === undefined) return { events: [], joined }
      known.strongest = again
      known.state = 'open'
      known.byPerson = false
      regrade(known)
      return { events: [this.#event('reopened', known, at, record)], joined }
    }
    if (known.state === 'calm') {
      known.state = 'open'
      regrade(known)
      return { events: [this.#event('active', known, at, record)], joined }
    }
    return { events: this.#grown(known, at, record), joined }
  }

  /** Adds a post that matched; an event when the issue grew by half or became graver. */
  join(issue: Issue, post: Post, near: number, at: number, record: string): IssueEvent[] {
    post.near = near
    absorb(issue, post)
    return this.#grown(issue, at, record)
  }

  /** The brand replied to the post of that key. */
  answered(key: number): void {
    this.#repliesSeen = true
    for (const issue of this.active) {
      issue.repliesSeen = true
      const post = issue.evidence.find((one) => one.key === key)
      if (post) post.answered = true
    }
  }

  /** What time alone changes; `live` says that every source was live throughout. */
  tick(at: number, live: boolean): IssueEvent[] {
    const events: IssueEvent[] = []
    const { calmMs, resolveAfterCalmMs } = this.#ports.settings()
    for (const issue of this.#issues) {
      if (issue.state === 'open' && live && at - issue.lastBurstAt >= calmMs) {
        issue.state = 'calm'
        issue.closedAt = at
        events.push(this.#event('calm', issue, at, String(at)))
      } else if (issue.state === 'calm' && !live) {
        issue.closedAt = at
      } else if (issue.state === 'calm' && at - issue.closedAt >= resolveAfterCalmMs) {
        issue.state = 'resolved'
        issue.closedAt = at
        events.push(this.#event('resolved', issue, at, String(at)))
      }
    }
    return events
  }

  /** `held` are those posts of the issue that windows hold and the command names. */
  command(
    command: Exclude<CountingCommand, { type: 'remove' }>,
    commandId: string,
    at: number,
    held: readonly Post[] = [],
  ): BookChange {
    const issue = this.get(command.issueId)
    if (!issue) return { events: [], joined: [] }
    const event: EventOf = (kind, of, extra = {}) => this.#event(kind, of, at, commandId, { commandId, ...extra })
    switch (command.type) {
      case 'dismiss':
      case 'resolve':
        issue.state = command.type === 'dismiss' ? 'dismissed' : 'resolved'
        issue.byPerson = true
        issue.closedAt = at
        return { events: [event(issue.state, issue)], joined: [] }
      case 'merge':
        return this.#merge(issue, command.into, at, event)
      case 'split':
        return this.#split(issue, command.mentionIds, held, at, commandId, event)
      default:
        return command satisfies never
    }
  }

  /** Posts that a person took out of an issue: what says the same does not join it any more. */
  removed(issue: Issue, posts: readonly Post[], at: number, commandId: string): IssueEvent[] {
    for (const post of posts) refuse(issue, post)
    if (posts.length === 0 || issue.state === 'merged') return []
    regrade(issue)
    return [this.#event('evidence', issue, at, commandId, { commandId })]
  }

  /** A cluster became part of another: its issues are of that one. */
  clusterMerged(from: string, into: string): void {
    for (const issue of this.#issues) if (issue.clusterId === from) issue.clusterId = into
  }

  pack(): Packed {
    return { issues: this.#issues.map(packIssue), repliesSeen: this.#repliesSeen }
  }

  unpack(packed: Packed): void {
    const { issues, repliesSeen } = packed as Record<string, Packed>
    this.#issues = (issues as Packed[]).map(unpackIssue)
    this.#repliesSeen = repliesSeen as boolean
  }

  #merge(issue: Issue, id: string, at: number, event: EventOf): BookChange {
    const into = this.get(id)
    if (!into || into === issue || issue.state === 'merged' || into.state === 'merged')
      return { events: [], joined: [] }
    const moved = [...issue.evidence]
    mergeIssue(into, issue)
    issue.state = 'merged'
    issue.closedAt = at
    for (const other of this.#issues) if (other.mergedInto === issue.id) other.mergedInto = into.id
    issue.mergedInto = into.id
    regrade(into)
    return { events: [event('merged', issue, { mergedInto: into.id }), event('evidence', into)], joined: moved }
  }

  #split(
    issue: Issue,
    ids: readonly string[],
    held: readonly Post[],
    at: number,
    commandId: string,
    event: EventOf,
  ): BookChange {
    const quoted = issue.evidence.filter(({ id }) => ids.includes(id))
    const known = new Set(quoted.map(({ key }) => key))
    const members = [...quoted, ...held.filter(({ key }) => !known.has(key))]
    if (members.length === 0 || quoted.length === issue.evidence.length) return { events: [], joined: [] }
    for (const post of members) releaseCounted(issue, post)
    const { rule, issueType, copied } = issue
    const kind = { rule, issueType, copied, centroid: this.#ports.direction(members) }
    const strongest = strengthAmong(members, issue.strongest)
    const part = this.#found({ ...strongest, ...kind, members }, at, `${commandId}:split`, strongest)
    part.splitFrom = issue.id
    for (const post of members) refuse(issue, post)
    return { events: [event('split', part, { splitFrom: issue.id }), event('evidence', issue)], joined: members }
  }

  #open(found: FoundBurst, at: number, record: string): BookChange {
    const earlier = recurring(found, this.#issues)
    // What turns out to be about something is no longer part of everything at once.
    const vague = found.issueType === ANY_TYPE ? [] : this.active.filter(({ issueType }) => issueType === ANY_TYPE)
    for (const issue of vague) for (const post of found.members) release(issue, post)
    const issue = this.#found(found, at, record)
    if (earlier) issue.recurrenceOf = earlier.id
    return { events: [this.#event('opened', issue, at, record)], joined: found.members }
  }

  #found(found: FoundBurst, at: number, record: string, strongest = strengthOf(found)): Issue {
    const { name, describe, cluster, settings } = this.#ports
    const members = found.members.toSorted((a, b) => a.at - b.at)
    const issue = newIssue(found, members, {
      id: name('issue', record),
      founded: record,
      at,
      clusterId: cluster(members),
      ...describe(members, found.issueType, typeLeads(found)),
      least: leastPeople(strongest, settings()),
      strongest,
      repliesSeen: this.#repliesSeen,
    })
    this.#issues.push(issue)
    this.#forget()
    return issue
  }

  #grown(issue: Issue, at: number, record: string): IssueEvent[] {
    const before = issue.severity
    regrade(issue)
    const people = issue.people.count
    const graded = issue.severity !== before
    if (!graded && people < issue.peopleAtLastEvent * GROWTH) return []
    issue.peopleAtLastEvent = people
    const described = this.#ports.describe(issue.evidence, issue.issueType, typeLeads(issue))
    issue.terms = described.terms
    issue.label = described.label
    return [this.#event(graded ? 'severity' : 'grew', issue, at, record)]
  }

  #event(kind: IssueEventKind, issue: Issue, at: number, record: string, extra: Partial<IssueEvent> = {}): IssueEvent {
    return {
      id: this.#ports.name('event', issue.founded, kind, record),
      kind,
      brand: this.#ports.brand,
      issueId: issue.id,
      clusterId: issue.clusterId,
      severity: issue.severity,
      at,
      evidence: evidenceOf(issue, this.#ports.context(at, issue.strongest.issueType)),
      ...(issue.recurrenceOf ? { recurrenceOf: issue.recurrenceOf } : {}),
      ...extra,
    }
  }

  #forget(): void {
    while (this.#issues.length > MAX_ISSUES) {
      const closed = this.#issues.findIndex(({ state }) => state !== 'open' && state !== 'calm')
      this.#issues.splice(Math.max(0, closed), 1)
    }
  }
}
