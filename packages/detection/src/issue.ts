import type { Authenticity, Harm, Severity } from '@outcry/contracts'
import { PeopleSketch } from './people-sketch.ts'
import type { Strength } from './found-burst.ts'
import type { Packed } from './packed.ts'
import type { Post } from './post.ts'
import { sameReading } from './reading.ts'
import { mergeRefused } from './refusal.ts'
import type { SparseVector } from './sparse-index.ts'
import { type Voices, hear, mergeVoices, unhear } from './voices.ts'

export type IssueState = 'open' | 'calm' | 'resolved' | 'dismissed' | 'merged'

/** Most posts kept as evidence of one issue, and the steps of its series. */
export const MAX_EVIDENCE_POSTS = 200
export const STEP_MS = 600_000
export const STEPS = 36
const MAX_STEP_PEOPLE = 2_048

/** A burst as people handle it; everything the detector knows of it. */
export type Issue = {
  id: string
  /** Mention id of the founding record. */
  founded: string
  /** What kind of issue it is: by the rule and type that opened it, or that narrowed it. */
  rule: 'scan' | 'counter'
  issueType: string | null
  state: IssueState
  byPerson: boolean
  severity: Severity
  authenticity: Authenticity
  label: string
  terms: string[]
  clusterId: string
  centroid: SparseVector
  openedAt: number
  since: number
  lastBurstAt: number
  closedAt: number
  /** The strongest window so far, or the latest if it is as strong; another rule than the issue's may have counted it. */
  strongest: Strength
  /** The window that opened it, and the fewest people with whom it would have opened. */
  opening: { observed: number; windowMs: number; least: number }
  people: PeopleSketch
  peopleAtLastEvent: number
  mentions: number
  reposts: number
  reach: number
  hostility: number
  harms: Partial<Record<Harm, number>>
  platforms: Record<string, number>
  voices: Voices
  /** The brand itself was seen to reply to people, here or before. */
  repliesSeen: boolean
  evidence: Post[]
  first: Post
  steps: { at: number; people: Set<number> }[]
  recurrenceOf: string
  /** Opened on copies of one text: these are its evidence, and its people are their accounts. */
  copied: boolean
  /** Fingerprints of texts that a person took out of it, halves side by side. */
  refused: number[]
  /** The issue that goes on in its place; empty where none does. */
  mergedInto: string
  /** The issue that a person split it off from; empty where none did. */
  splitFrom: string
}

/** Adds a post to the issue's totals, series and evidence. */
export const absorb = (issue: Issue, post: Post): void => {
  if (issue.evidence.some(({ key }) => key === post.key)) return
  post.issue = issue.id
  issue.reach += 1 + post.followers
  if (post.copy) {
    issue.reposts++
    if (!issue.copied) return
    issue.people.add(post.person)
    keepEvidence(issue, post)
    countStep(issue, post)
    return
  }
  issue.people.add(post.person)
  issue.mentions++
  issue.hostility += post.hostility
  issue.harms[post.harm] = (issue.harms[post.harm] ?? 0) + 1
  issue.platforms[post.source] = (issue.platforms[post.source] ?? 0) + 1
  hear(issue.voices, post, issue.evidence)
  keepEvidence(issue, post)
  countStep(issue, post)
}

const keepEvidence = (issue: Issue, post: Post): void => {
  const kept = { ...post }
  sameReading(kept, post)
  if (post.at < issue.first.at) issue.first = kept
  issue.evidence.push(kept)
  if (issue.evidence.length > MAX_EVIDENCE_POSTS) issue.evidence.splice(MAX_EVIDENCE_POSTS >> 1, 1)
}

const stepOf = (at: number): number => Math.floor(at / STEP_MS) * STEP_MS

const countStep = (issue: Issue, post: Post): void => {
  const at = stepOf(post.at)
  let step = issue.steps.find((candidate) => candidate.at === at)
  if (!step) {
    step = { at, people: new Set() }
    issue.steps.push(step)
    issue.steps.sort((a, b) => a.at - b.at)
    if (issue.steps.length > STEPS) issue.steps.shift()
  }
  if (step.people.size < MAX_STEP_PEOPLE) step.people.add(post.person)
}

/** Takes a removed or edited post out again; what was counted in totals by others stays. */
export const release = (issue: Issue, post: Post): void => {
  const known = issue.evidence.findIndex(({ key }) => key === post.key)
  if (known < 0) return
  issue.evidence.splice(known, 1)
  discount(issue, post)
}

/** The same of a post that is in no evidence any more, because the issue has more than is kept. */
export const releaseCounted = (issue: Issue, post: Post): void => {
  if (issue.evidence.some(({ key }) => key === post.key)) release(issue, post)
  else if (post.issue === issue.id) discount(issue, post)
}

const discount = (issue: Issue, post: Post): void => {
  if (post.copy) issue.reposts = Math.max(0, issue.reposts - 1)
  else issue.mentions = Math.max(0, issue.mentions - 1)
  issue.reach = Math.max(0, issue.reach - 1 - post.followers)
  if (!post.copy) {
    unhear(issue.voices, post, issue.mentions)
    issue.hostility = Math.max(0, issue.hostility - post.hostility)
    issue.harms[post.harm] = Math.max(0, (issue.harms[post.harm] ?? 0) - 1)
    issue.platforms[post.source] = Math.max(0, (issue.platforms[post.source] ?? 0) - 1)
  }
  const others = issue.evidence.filter(({ person }) => person === post.person)
  if (others.length === 0) issue.people.remove(post.person)
  const step = stepOf(post.at)
  if (!others.some(({ at }) => stepOf(at) === step))
    issue.steps.find(({ at }) => at === step)?.people.delete(post.person)
  if (issue.first.key === post.key) issue.first = issue.evidence[0] ?? { ...post, id: '', excerpt: '', url: '' }
}

/** Adds all that one issue counted to another; sums and people merge exactly, a post of both counts once. */
export const mergeIssue = (into: Issue, from: Issue): void => {
  const known = new Set(into.evidence.map(({ key }) => key))
  for (const post of from.evidence.filter(({ key }) => known.has(key))) release(from, post)
  into.people.merge(from.people)
  into.mentions += from.mentions
  into.reposts += from.reposts
  into.reach += from.reach
  into.hostility += from.hostility
  mergeVoices(into.voices, from.voices)
  into.repliesSeen ||= from.repliesSeen
  for (const [harm, count] of Object.entries(from.harms))
    into.harms[harm as Harm] = (into.harms[harm as Harm] ?? 0) + count
  for (const [source, count] of Object.entries(from.platforms))
    into.platforms[source] = (into.platforms[source] ?? 0) + count
  mergeRefused(into, from)
  into.since = Math.min(into.since, from.since)
  into.lastBurstAt = Math.max(into.lastBurstAt, from.lastBurstAt)
  if (from.first.at < into.first.at) into.first = from.first
  for (const post of from.evidence) {
    post.issue = into.id
    countStep(into, post)
  }
  into.evidence = [...into.evidence, ...from.evidence].sort((a, b) => a.at - b.at || a.key - b.key)
  while (into.evidence.length > MAX_EVIDENCE_POSTS) into.evidence.splice(MAX_EVIDENCE_POSTS >> 1, 1)
}

export const packIssue = (issue: Issue): Packed => ({
  ...issue,
  harms: { ...issue.harms } as Record<string, number>,
  voices: { ...issue.voices },
  opening: { ...issue.opening },
  strongest: { ...issue.strongest },
  centroid: { ...issue.centroid },
  people: issue.people.pack(),
  steps: issue.steps.map(({ at, people }) => ({ at, people: Float64Array.from(people) })),
  first: issue.first as unknown as Packed,
  evidence: issue.evidence as unknown as Packed,
})

export const unpackIssue = (packed: Packed): Issue => {
  const fields = packed as Record<string, Packed> & { steps: { at: number; people: Float64Array }[] }
  return {
    ...(fields as unknown as Issue),
    people: PeopleSketch.unpack(fields.people!),
    steps: fields.steps.map(({ at, people }) => ({ at, people: new Set(people) })),
  }
}
