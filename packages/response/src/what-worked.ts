import type { ComplaintOutcome, PastResponse, TimeToAnswer, WhatWorked } from '@outcry/contracts'
import { HOUR_MS, MINUTE_MS } from '@outcry/contracts'

const ANSWERED_WITHIN: readonly [limitMs: number, name: TimeToAnswer][] = [
  [15 * MINUTE_MS, 'within 15 min'],
  [HOUR_MS, 'within 1 h'],
  [4 * HOUR_MS, 'within 4 h'],
  [Number.POSITIVE_INFINITY, 'later'],
]

const timeToAnswer = (ms: number | null): TimeToAnswer =>
  ms === null ? 'never' : ANSWERED_WITHIN.find(([limit]) => ms <= limit)![1]

/**
 * What became of past issues, by their type, the remedy that was offered in public and the time to the first word. These
 * are counts of what happened together: that it worked because of it is for people to judge. The most frequent first.
 */
export const whatWorked = (past: readonly PastResponse[]): WhatWorked[] => {
  const groups = new Map<string, PastResponse[]>()
  for (const issue of past)
    for (const remedy of issue.remedies.length > 0 ? issue.remedies : [null]) {
      const key = JSON.stringify([issue.issueType, remedy, timeToAnswer(issue.announcedMs)])
      groups.set(key, [...(groups.get(key) ?? []), issue])
    }
  return [...groups]
    .map(([key, issues]): WhatWorked => {
      const [issueType, remedy, answered] = JSON.parse(key) as [string | null, string | null, TimeToAnswer]
      return {
        issueType,
        remedy,
        answered,
        issues: issues.length,
        reopened: issues.filter(({ reopened }) => reopened).length,
        medianCalmMs: median(issues.flatMap(({ calmMs }) => calmMs ?? [])),
        outcomes: sumOf(issues.map(({ outcomes }) => outcomes)),
      }
    })
    .toSorted((one, other) => other.issues - one.issues || (keyOf(one) < keyOf(other) ? -1 : 1))
}

const keyOf = ({ issueType, remedy, answered }: WhatWorked): string => JSON.stringify([issueType, remedy, answered])

const median = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  if (sorted.length === 0) return null
  return sorted.length % 2 === 1 ? sorted[middle]! : Math.round((sorted[middle - 1]! + sorted[middle]!) / 2)
}

type Outcomes = Partial<Record<ComplaintOutcome, number>>
const sumOf = (each: readonly Readonly<Outcomes>[]): Outcomes => {
  const sum: Record<string, number> = {}
  for (const outcomes of each)
    for (const [outcome, count] of Object.entries(outcomes)) sum[outcome] = (sum[outcome] ?? 0) + count
  return sum
}
