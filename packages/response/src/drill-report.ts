import type { DrillIssue, DrillReport, DrillStep, DrillStepName, Severity, Statement } from '@outcry/contracts'
import { issueTimes, type TimedEntry } from './issue-times.ts'

/** By when a step is wanted after the detection, ms; null where no time is asked for. */
export type DrillClocks = {
  acknowledgeMs: number | null
  firstStatementMs: number | null
  resolveMs: number | null
}

/** An issue of a drill as it is on record. Times in epoch ms. */
export type DrilledIssue = {
  id: string
  label: string
  severity: Severity
  people: number
  complaints: { all: number; unanswered: number }
  since: number
  openedAt: number
  clocks: DrillClocks
  timeline: readonly TimedEntry[]
  statements: readonly Pick<Statement, 'kind' | 'facts' | 'publications'>[]
  /** When each target that was told first took a message; null while it has not. */
  targets: readonly { target: string; at: number | null }[]
}

const PUBLIC: ReadonlySet<Statement['kind']> = new Set(['holding', 'update', 'notice', 'closing'])

/** What came of a drill up to `nowMs`: passed where it pages, or stays quiet, as its scenario asks. */
export const drillReport = (
  drill: { begunAt: number; expect: 'page' | 'quiet' },
  issues: readonly DrilledIssue[],
  nowMs: number,
): DrillReport => {
  const told = issues.map((issue) => issueOf(issue))
  const paged = told.some(({ steps }) => steps.some(({ step, at }) => step === 'paged' && at !== null))
  return { begunAt: drill.begunAt, until: nowMs, passed: paged === (drill.expect === 'page'), issues: told }
}

const issueOf = (issue: DrilledIssue): DrillIssue => {
  const { clocks, timeline, statements, targets } = issue
  const times = issueTimes(issue, timeline, statements)
  // A drill opens on the clock of its posts; what people can see begins when it was decided.
  const detected = timeline.find(({ kind }) => kind === 'opened')?.at ?? issue.openedAt
  const due = (ms: number | null) => (ms === null ? null : detected + ms)
  const steps: DrillStep[] = [
    step('detected', detected),
    step('paged', times.paged),
    ...targets.map(({ target, at }) => step('heard', at, null, target)),
    step('acknowledged', times.acknowledged, due(clocks.acknowledgeMs)),
    step('briefed', times.briefed),
    step('announced', times.announced, due(clocks.firstStatementMs)),
    ...promisesOf(statements, times.resolved),
    step('resolved', times.resolved, due(clocks.resolveMs)),
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
    return PUBLIC.has(kind) && first !== null ? [{ at: first, due: facts.eta ?? facts.nextUpdate ?? null }] : []
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
      .filter(({ kind }) => PUBLIC.has(kind) && (kind === 'closing') === closing)
      .flatMap(({ publications }) => publications)
  const thanks = published(true)
  const channels = [...new Set([...published(false), ...thanks].map(({ channel }) => channel))]
  return channels.map((channel) =>
    step('thanked', firstOf(thanks.filter((one) => one.channel === channel)), null, channel),
  )
}

const firstOf = (happened: readonly { at: number }[]): number | null =>
  happened.length === 0 ? null : Math.min(...happened.map(({ at }) => at))
