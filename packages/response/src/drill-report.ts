import {
  type DrillIssue,
  type DrillReport,
  type DrillStep,
  type DrillStepName,
  MINUTE_MS,
  type Severity,
  type Statement,
} from '@outcry/contracts'
import { channelKey } from './channel-key.ts'
import { firstOf, issueTimes, TO_THE_PUBLIC, type TimedEntry } from './issue-times.ts'

/** By when the clocks of an issue want a step, epoch ms; null where nothing is due. */
export type DrillDues = Record<'acknowledge' | 'first-statement' | 'resolve', number | null>

/** An issue of a drill as it is on record. Times in epoch ms. */
export type DrilledIssue = {
  id: string
  label: string
  severity: Severity
  people: number
  complaints: { all: number; unanswered: number }
  since: number
  openedAt: number
  /** Another issue took it in, and goes on with what it owes. */
  isMerged: boolean
  dues: DrillDues
  timeline: readonly TimedEntry[]
  statements: readonly Pick<Statement, 'kind' | 'facts' | 'publications'>[]
  /** When each target that was told first took a message; null while it has not. */
  targets: readonly { target: string; at: number | null }[]
}

/** The alert of a drill comes within that time of its beginning. */
const ALERT_WITHIN_MS = 2 * MINUTE_MS

/**
 * What came of a drill up to `nowMs`: passed where it pages, or stays quiet, as its scenario asks; null as long as its alert
 * is not due. Of issues that were merged only the one that goes on is told.
 */
export const drillReport = (
  drill: { begunAt: number; expect: 'page' | 'quiet' },
  issues: readonly DrilledIssue[],
  nowMs: number,
): DrillReport => {
  const { begunAt, expect } = drill
  const paged = issues.some(({ timeline }) => timeline.some(({ body }) => body['page'] === true))
  const isKnown = paged || nowMs >= begunAt + ALERT_WITHIN_MS
  return {
    begunAt,
    until: nowMs,
    passed: isKnown ? paged === (expect === 'page') : null,
    issues: issues.filter(({ isMerged }) => !isMerged).map(issueOf),
  }
}

const issueOf = (issue: DrilledIssue): DrillIssue => {
  const { dues, timeline, statements, targets } = issue
  const times = issueTimes(issue, timeline, statements)
  // A drill opens on the clock of its posts; what people can see begins when it was decided.
  const detected = timeline.find(({ kind }) => kind === 'opened')?.at ?? issue.openedAt
  const steps: DrillStep[] = [
    step('detected', detected),
    step('paged', times.paged),
    ...targets.map(({ target, at }) => step('heard', at, null, target)),
    step('acknowledged', times.acknowledged, dues.acknowledge),
    step('briefed', times.briefed),
    step('announced', times.announced, dues['first-statement']),
    ...promisesOf(statements, times.resolved),
    step('resolved', times.resolved, dues.resolve),
    ...thanksOf(statements),
  ]
  const { id: issueId, label, severity, people, complaints } = issue
  return { issueId, label, severity, people, complaints, steps }
}

const step = (
  name: DrillStepName,
  at: number | null,
  due: number | null = null,
  where: string | null = null,
): DrillStep => ({ step: name, where, at, due })

/** Each time that was promised in public, and when the public heard again. */
const promisesOf = (statements: DrilledIssue['statements'], resolved: number | null): DrillStep[] => {
  const said = statements.flatMap(({ kind, facts, publications }) => {
    const first = firstOf(publications)
    return TO_THE_PUBLIC.has(kind) && first !== null ? [{ at: first, due: facts.eta ?? facts.nextUpdate ?? null }] : []
  })
  return said
    .toSorted((one, other) => one.at - other.at)
    .flatMap(({ at, due }) => {
      if (due === null) return []
      const later = said.map((other) => ({ at: other.at })).filter((other) => other.at > at)
      const kept = firstOf(resolved !== null && resolved > at ? [...later, { at: resolved }] : later)
      return [step('promised', at), step('kept', kept, due)]
    })
}

/** Each channel on which people were told, and when they were thanked there. */
const thanksOf = (statements: DrilledIssue['statements']): DrillStep[] => {
  const published = (closing: boolean) =>
    statements
      .filter(({ kind }) => TO_THE_PUBLIC.has(kind) && (kind === 'closing') === closing)
      .flatMap(({ publications }) => publications)
  const thanks = published(true)
  const channels = Map.groupBy([...published(false), ...thanks], ({ channel }) => channelKey(channel))
  return [...channels].map(([key, [first]]) =>
    step('thanked', firstOf(thanks.filter(({ channel }) => channelKey(channel) === key)), null, first!.channel),
  )
}
