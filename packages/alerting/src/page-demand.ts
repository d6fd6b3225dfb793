import { type Severity, WEEK_MS } from '@outcry/contracts'
import type { AskedPage, BrandAlerting } from './state.ts'

const REMEMBERED_MS = 4 * WEEK_MS
const REMEMBERED_ISSUES = 128

/** So much demand a week, and what it is worth: at the least `worth`. */
export type Demand = { worth: number; perWeek: number }

/**
 * The week that a brand without a past is taken to have, and that every past is mixed with as one week more: two
 * incidents and a major, of all degrees of confidence.
 */
const PRIOR_WEEKS = 1
const PRIOR: readonly Demand[] = [
  ...[1.1, 1.2, 1.4, 1.4, 1.6, 1.7, 1.8, 1.9].map((worth) => ({ worth, perWeek: 2 / 8 })),
  ...[2.8, 3.4, 4.1, 4.7].map((worth) => ({ worth, perWeek: 1 / 4 })),
]

/**
 * Remembers what an issue asks of the budget: when it first did, and the most it was worth. All issues are remembered,
 * paged or not, so that what was spent does not colour what a typical week asks for. A crisis asks nothing.
 */
export const rememberAsking = (
  brand: BrandAlerting,
  issue: { id: string; severity: Severity },
  worth: number,
  nowMs: number,
): BrandAlerting => {
  const since = brand.since ?? nowMs
  if (issue.severity === 'crisis') return { ...brand, since }
  const before = brand.asked.find(({ issueId }) => issueId === issue.id)
  if (before !== undefined && before.worth >= worth) return { ...brand, since }
  const asking: AskedPage = { issueId: issue.id, at: before?.at ?? nowMs, worth }
  const others = brand.asked.filter(({ issueId, at }) => issueId !== issue.id && at > nowMs - REMEMBERED_MS)
  const asked = [...others, asking].toSorted((a, b) => a.at - b.at || (a.issueId < b.issueId ? -1 : 1))
  if (asked.length <= REMEMBERED_ISSUES) return { ...brand, since, asked }
  // What is remembered then stands for the shorter time that it covers.
  const kept = asked.slice(-REMEMBERED_ISSUES)
  return { ...brand, since: Math.max(since, kept[0]!.at), asked: kept }
}

/** What a typical week of the brand asks for, the most worth first, without what `issueId` asked itself. */
export const typicalWeek = (brand: BrandAlerting, issueId: string | null, nowMs: number): Demand[] => {
  const from = nowMs - REMEMBERED_MS
  const watched = Math.max(0, nowMs - Math.max(brand.since ?? nowMs, from)) / WEEK_MS
  const weeks = PRIOR_WEEKS + watched
  const past = brand.asked
    .filter((asked) => asked.issueId !== issueId && asked.at > from)
    .map(({ worth }) => ({ worth, perWeek: 1 / weeks }))
  const prior = PRIOR.map(({ worth, perWeek }) => ({ worth, perWeek: (perWeek * PRIOR_WEEKS) / weeks }))
  return [...past, ...prior].toSorted((a, b) => b.worth - a.worth)
}
