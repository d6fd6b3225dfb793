import type { Evidence } from '@outcry/contracts'
import { type Chosen, chooseExemplars } from './exemplars.ts'
import { doubtOf, gradeReason, harmOf } from './grade.ts'
import { type Issue, MAX_EVIDENCE_POSTS, STEP_MS, STEPS } from './issue.ts'
import { poissonTail } from './poisson.ts'
import type { Rarity } from './term-profile.ts'
import { ANY_TYPE } from './type-counters.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

export type EvidenceContext = {
  at: number
  watchedFrom: number
  falseAlarmProbability: number
  minPeople: number
  /** Share of the mentions that windows hold; below 1 on a very hot brand. */
  sampled: number
  typeLabel: string | undefined
  brand: string
  rarity: Rarity
}

/** What was counted, expected and why, as it stands at `at`. */
export const evidenceOf = (issue: Issue, context: EvidenceContext): Evidence => {
  const chosen = chooseExemplars(issue, issue.issueType === ANY_TYPE, context.rarity, context.brand)
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
    reasons: reasonsOf(issue, chosen, context),
    mentionIds: issue.evidence.slice(-MAX_EVIDENCE_POSTS).map(({ id }) => id),
    exemplars: chosen.exemplars,
    series: Array.from({ length: STEPS }, (_, step) => {
      const at = firstStep + step * STEP_MS
      return { at, people: issue.steps.find((known) => known.at === at)?.people.size ?? 0, expected: rounded(perStep) }
    }),
  }
}

/** Plain sentences, the most important first: what, since when, by whom, how grave, how sure, and what if. */
const reasonsOf = (issue: Issue, { first }: Chosen, context: EvidenceContext): string[] => {
  const minutes = Math.round(issue.windowMs / 60_000)
  const reasons = [
    `${issue.observed} different people complained within ${minutes} minutes; ${shown(issue.expected)} were expected.`,
    `By chance alone: ${odds(issue.tailProbability)}.`,
    `It began about ${clockTime(issue.since)} UTC.`,
  ]
  if (first) reasons.push(`The first post came from ${first.source} at ${clockTime(first.at)} UTC.`)
  reasons.push(ruleOf(issue, context), gradeReason(issue))
  const platforms = Object.values(issue.platforms).filter((count) => count > 0).length
  if (platforms > 1) reasons.push(`People write about it on ${platforms} sources.`)
  const doubts = doubtOf(issue).reasons
  reasons.push(
    doubts.length > 0 ? `It may not be genuine: ${doubts.join('; ')}.` : 'Nothing speaks of copied or organised posts.',
  )
  if (issue.recurrenceOf) reasons.push('It came back after an earlier issue of this kind.')
  const known = context.at - context.watchedFrom
  if (known < DAY_MS)
    reasons.push(
      `The brand is new here: only ${Math.max(1, Math.round(known / HOUR_MS))} h of history to compare with.`,
    )
  if (context.sampled < 1)
    reasons.push(`So many people write that 1 post in ${Math.round(1 / context.sampled)} was compared.`)
  reasons.push(`With fewer than ${leastPeople(issue, context)} people it would not have opened.`)
  return reasons
}

const ruleOf = (issue: Issue, { typeLabel }: EvidenceContext): string => {
  if (issue.rule === 'scan') return 'They say nearly the same; expected is the share of earlier posts that said so.'
  if (issue.issueType === ANY_TYPE)
    return 'Complaints of every kind rose together; expected is the usual number at this hour of the day.'
  return `They speak of "${typeLabel ?? issue.issueType}"; expected is the usual number at this hour of the day.`
}

/** `once in about 3 million looks`. */
const odds = (probability: number): string => {
  const looks = 1 / Math.max(probability, 1e-12)
  const [unit, name] = looks >= 1e9 ? [1e9, 'thousand million'] : looks >= 1e6 ? [1e6, 'million'] : [1e3, 'thousand']
  const rare = probability < 1e-12 ? 'less than once' : 'once'
  return `${rare} in about ${Math.max(1, Math.round(looks / unit))} ${name} looks`
}

const leastPeople = (issue: Issue, context: EvidenceContext): number => {
  let people = context.minPeople
  while (people < issue.observed && poissonTail(people, issue.expected) >= context.falseAlarmProbability) people++
  return people
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000

const shown = (value: number): string => (value < 10 ? value.toFixed(1) : String(Math.round(value)))

const clockTime = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000) % 1_440
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
