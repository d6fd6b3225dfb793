import type { Authenticity, Evidence, Severity } from '@outcry/contracts'

/** What a page about an issue nobody doubts is worth at the most, of 10: each severity twice the one below, or more. */
const MOST_WORTH: Readonly<Record<Severity, number>> = { incident: 2, major: 5, crisis: 10 }

/** Confidence moves the worth by half at the most, so that a graver issue of equal doubt is never worth less. */
const LEAST_CONFIDENCE = 0.5

/** A coordinated major counts as a genuine incident. */
const DOUBT: Readonly<Record<Authenticity, number>> = { genuine: 1, uncertain: 0.8, coordinated: 0.4 }

const SURPRISE_WEIGHT = 0.5
const PEOPLE_WEIGHT = 0.4
const COUNTER_WEIGHT = 0.1

/** Bursts open at odds of about one in 10^5; at one in 10^13 nothing is left to doubt. */
const ODDS = { plain: 5, certain: 13 }
/** Fewer never open an issue, more than 32 need no proof. */
const PEOPLE = { few: 4, many: 32 }

/** What an issue is worth of a page, 0 to 10 in tenths, as people read it: severity times confidence. */
export const pageWorth = (issue: { severity: Severity; evidence: Evidence }): number => {
  const { severity, evidence } = issue
  const sure = LEAST_CONFIDENCE + (1 - LEAST_CONFIDENCE) * strengthOf(evidence)
  return Math.round(10 * MOST_WORTH[severity] * sure * DOUBT[evidence.authenticity]) / 10
}

/** The least that a genuine issue of a severity is worth. */
export const leastWorth = (severity: Severity): number => Math.round(10 * MOST_WORTH[severity] * LEAST_CONFIDENCE) / 10

/** How little chance, how few people or a new kind of issue could explain it away: 0 to 1. */
const strengthOf = ({ tailProbability, authors, rule }: Evidence): number => {
  const surprise = tailProbability > 0 ? (-Math.log10(tailProbability) - ODDS.plain) / (ODDS.certain - ODDS.plain) : 1
  const people = Math.log2(Math.max(authors, PEOPLE.few) / PEOPLE.few) / Math.log2(PEOPLE.many / PEOPLE.few)
  // The counters know their issue type and its hour of day, and were the more precise rule where both were measured.
  const known = rule === 'counter' ? 1 : 0
  return SURPRISE_WEIGHT * share(surprise) + PEOPLE_WEIGHT * share(people) + COUNTER_WEIGHT * known
}

const share = (value: number): number => Math.min(1, Math.max(0, value))
