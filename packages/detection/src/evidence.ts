import type { Evidence, Exemplar } from '@outcry/contracts'
import { doubtOf, harmOf } from './grade.ts'
import { type Issue, MAX_EVIDENCE_POSTS, STEP_MS, STEPS } from './issue.ts'
import { poissonTail } from './poisson.ts'
import type { Post } from './post.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
const MAX_EXEMPLARS = 6

export type EvidenceContext = {
  at: number
  watchedFrom: number
  falseAlarmProbability: number
  minPeople: number
  /** Share of the mentions that windows hold; below 1 on a very hot brand. */
  sampled: number
  typeLabel: string | undefined
}

/** What was counted, expected and why, as it stands at `at`. */
export const evidenceOf = (issue: Issue, context: EvidenceContext): Evidence => {
  const perStep = (issue.expected * STEP_MS) / issue.windowMs
  const firstStep = Math.floor(context.at / STEP_MS) * STEP_MS - (STEPS - 1) * STEP_MS
  return {
    label: issue.label,
    terms: issue.terms.slice(0, 12),
    issueType: issue.issueType,
    rule: issue.rule,
    since: issue.since,
    windowMs: issue.windowMs,
    observed: issue.observed,
    expected: rounded(issue.expected),
    tailProbability: issue.tailProbability,
    mentions: issue.mentions,
    authors: issue.people.count,
    reposts: issue.reposts,
    perHour: rounded((issue.observed * HOUR_MS) / issue.windowMs),
    hostility: rounded(issue.mentions > 0 ? Math.min(1, issue.hostility / issue.mentions) : 0),
    reach: issue.reach,
    platforms: Object.fromEntries(Object.entries(issue.platforms).filter(([, count]) => count > 0)),
    harm: harmOf(issue),
    authenticity: issue.authenticity,
    reasons: reasonsOf(issue, context),
    mentionIds: issue.evidence.slice(-MAX_EVIDENCE_POSTS).map(({ id }) => id),
    exemplars: exemplarsOf(issue),
    series: Array.from({ length: STEPS }, (_, step) => {
      const at = firstStep + step * STEP_MS
      return { at, people: issue.steps.find((known) => known.at === at)?.people.size ?? 0, expected: rounded(perStep) }
    }),
  }
}

const reasonsOf = (issue: Issue, context: EvidenceContext): string[] => {
  const minutes = Math.round(issue.windowMs / 60_000)
  const reasons = [
    `${issue.observed} people in ${minutes} min, ${shown(issue.expected)} expected`,
    `since ${clockTime(issue.since)} UTC`,
  ]
  if (issue.first.id) reasons.push(`first post from ${issue.first.source} at ${clockTime(issue.first.at)} UTC`)
  reasons.push(
    issue.rule === 'scan'
      ? 'people who say nearly the same, against their share of earlier posts'
      : `issue type "${context.typeLabel ?? issue.issueType}", against its usual count at this hour of the day`,
  )
  const harm = harmOf(issue)
  if (harm !== 'none') reasons.push(`speaks of ${harm}`)
  const platforms = Object.values(issue.platforms).filter((count) => count > 0).length
  if (platforms > 1) reasons.push(`on ${platforms} sources`)
  reasons.push(...doubtOf(issue).reasons)
  if (issue.recurrenceOf) reasons.push('came back after an earlier issue')
  const known = context.at - context.watchedFrom
  if (known < DAY_MS)
    reasons.push(`cold start: only ${Math.max(1, Math.round(known / HOUR_MS))} h of history to compare with`)
  if (context.sampled < 1) reasons.push(`counted in a sample of 1 in ${Math.round(1 / context.sampled)}`)
  reasons.push(`would not have opened with fewer than ${leastPeople(issue, context)} people`)
  return reasons
}

const leastPeople = (issue: Issue, context: EvidenceContext): number => {
  let people = context.minPeople
  while (people < issue.observed && poissonTail(people, issue.expected) >= context.falseAlarmProbability) people++
  return people
}

const exemplarsOf = (issue: Issue): Exemplar[] => {
  const shown = new Set<string>()
  const people = new Set<number>()
  const exemplars: Exemplar[] = []
  const take = (post: Post) => {
    if (!post.id || shown.has(post.excerpt) || people.has(post.person) || exemplars.length >= MAX_EXEMPLARS) return
    shown.add(post.excerpt)
    people.add(post.person)
    const exemplar: Exemplar = { mentionId: post.id, at: post.at, source: post.source, excerpt: post.excerpt }
    exemplars.push(post.url ? { ...exemplar, url: post.url } : exemplar)
  }
  take(issue.first)
  for (const post of issue.evidence.toSorted((a, b) => b.near - a.near || a.at - b.at)) take(post)
  return exemplars
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000

const shown = (value: number): string => (value < 10 ? value.toFixed(1) : String(Math.round(value)))

const clockTime = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000) % 1_440
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
