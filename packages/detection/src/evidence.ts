import type { Evidence } from '@outcry/contracts'
import { type Chosen, chooseExemplars } from './exemplars.ts'
import { doubtOf } from './doubt.ts'
import type { Strength } from './found-burst.ts'
import { gradeReasons, harmOf, hostilityRise, pace, perHourOf, unansweredShare } from './grade.ts'
import { type Issue, MAX_EVIDENCE_POSTS, STEP_MS, STEPS } from './issue.ts'
import { clockTime, counted, expectation, odds, span } from './plain-words.ts'
import type { Rarity } from './term-profile.ts'
import { ANY_TYPE } from './type-counters.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

export type EvidenceContext = {
  at: number
  watchedFrom: number
  /** Share of the mentions that windows hold; below 1 on a very hot brand. */
  sampled: number
  /** Name of the issue type of the strongest window. */
  typeLabel: string | undefined
  brand: string
  rarity: Rarity
}

/** What was counted, expected and why, as it stands at `at`. */
export const evidenceOf = (issue: Issue, context: EvidenceContext): Evidence => {
  const chosen = chooseExemplars(issue, issue.issueType === ANY_TYPE, context.rarity, context.brand)
  const { rule, windowMs, observed, expected, tailProbability } = issue.strongest
  const perStep = (expected * STEP_MS) / windowMs
  const unanswered = unansweredShare(issue)
  const firstStep = Math.floor(context.at / STEP_MS) * STEP_MS - (STEPS - 1) * STEP_MS
  return {
    label: issue.label,
    terms: issue.terms.slice(0, 12),
    issueType: issue.issueType,
    rule,
    since: issue.since,
    windowMs,
    observed,
    expected: rounded(expected),
    tailProbability,
    mentions: issue.mentions,
    authors: issue.people.count,
    reposts: issue.reposts,
    perHour: rounded(perHourOf(issue)),
    ...pace(issue),
    hostility: rounded(issue.mentions > 0 ? Math.min(1, issue.hostility / issue.mentions) : 0),
    hostilityRise: rounded(hostilityRise(issue)),
    reach: issue.reach,
    ...(unanswered === undefined ? {} : { unanswered: rounded(unanswered) }),
    firstHand: issue.voices.firstHand,
    hearsay: issue.voices.hearsay,
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

/** Plain sentences, the most important first: what, who and since when, how grave, how sure, and what if. */
const reasonsOf = (issue: Issue, { first }: Chosen, context: EvidenceContext): string[] => {
  const { since, strongest } = issue
  const { observed, expected, windowMs, tailProbability } = strongest
  const reasons = [
    ...(issue.splitFrom ? ['A person split it off from another issue.'] : []),
    `${counted(observed, 'person', 'different people')} complained within ${span(windowMs)}; ${expectation(expected)}.`,
    ...gradeReasons(issue),
    `It began about ${clockTime(since)} UTC.`,
  ]
  if (first) reasons.push(`The first post came from ${first.source} at ${clockTime(first.at)} UTC.`)
  reasons.push(...toldReasons(issue), doubtReason(issue), ruleOf(strongest, context))
  reasons.push(`The odds that this is chance are ${odds(tailProbability)}.`)
  if (issue.recurrenceOf)
    reasons.push(
      issue.rule === 'counter'
        ? 'There was an issue of this type before; what people say of it may be something else.'
        : 'It came back: people said much the same in an earlier issue.',
    )
  const known = context.at - context.watchedFrom
  if (known < DAY_MS)
    reasons.push(
      `The brand is new here: only ${Math.max(1, Math.round(known / HOUR_MS))} h of history to compare with.`,
    )
  if (context.sampled < 1)
    reasons.push(`So many people write that 1 post in ${Math.round(1 / context.sampled)} was compared.`)
  const { opening } = issue
  if (issue.splitFrom) return reasons
  reasons.push(
    `It opened with ${opening.observed} people within ${span(opening.windowMs)}; ` +
      `with fewer than ${opening.least} it would not have.`,
  )
  return reasons
}

/** Whether it happened to them, and on how many sources they tell it. */
const toldReasons = ({ voices: { firstHand, hearsay }, mentions, platforms }: Issue): string[] => {
  const reasons: string[] = []
  if (firstHand + hearsay > 0)
    reasons.push(`Told first-hand: ${firstHand} of ${counted(mentions, 'post')}; from hearsay: ${hearsay}.`)
  const sources = Object.values(platforms).filter((count) => count > 0).length
  if (sources > 1) reasons.push(`People write about it on ${sources} sources.`)
  return reasons
}

const doubtReason = (issue: Issue): string => {
  const { authenticity, reasons } = doubtOf(issue)
  if (authenticity === 'genuine') return 'There is no sign of copied or organised posts.'
  return `${authenticity === 'coordinated' ? 'It looks organised' : 'It may not be genuine'}: ${reasons.join('; ')}.`
}

/** By which rule the people of the window were counted and expected. */
const ruleOf = ({ rule, issueType, copied }: Strength, { typeLabel }: EvidenceContext): string => {
  if (copied) return 'They are copies of one text by many accounts.'
  if (rule === 'scan') return 'They say nearly the same; expected is the share of earlier posts that said so.'
  if (issueType === ANY_TYPE)
    return 'Complaints of every kind rose together; expected is the usual number at this hour of the day.'
  return `They speak of "${typeLabel ?? issueType}"; expected is the usual number at this hour of the day.`
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000
