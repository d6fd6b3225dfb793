import type { Config, Drill, DrillReport, Playbook, Sql } from '@outcry/contracts'
import type { IssueView } from '@outcry/engine'
import { findScenario, shadowBrand } from '@outcry/replay'
import { type DrillDues, type DrilledIssue, drillMarkdown, drillReport, issueTimes } from '@outcry/response'
import type { DrillRow } from '@outcry/rest'
import {
  firstReceipts,
  issueFigures,
  listIssues,
  listStatements,
  playbooksInForce,
  recordsOfTimes,
  unansweredOf,
} from '@outcry/store'
import { evidenceNow } from '../reads/evidence-now.ts'
import { drillDue } from './drill-dues.ts'

/** Of one drill; more than that no report tells. */
const MOST_ISSUES = 10

/** What came of a drill up to `nowMs`, from what is on record of its shadow brand. */
export const readDrillReport = async (
  sql: Sql,
  drill: Drill,
  { alerting, response }: Pick<Config, 'alerting' | 'response'>,
  nowMs: number,
): Promise<DrillReport> => {
  const brands = [shadowBrand(drill.brand, drill.id)]
  const rows = await listIssues(sql, { brands }, null, MOST_ISSUES)
  const ids = rows.map(({ id }) => id)
  const waiting = await unansweredOf(sql, ids)
  const figures = await issueFigures(sql, ids, nowMs)
  const records = await recordsOfTimes(sql, ids)
  const playbooks = new Map<number | null, Playbook[]>()
  const inForceAt = async (atMs: number | null): Promise<Playbook[]> => {
    const inForce = playbooks.get(atMs) ?? (await playbooksInForce(sql, response.playbooks, atMs))
    playbooks.set(atMs, inForce)
    return inForce
  }
  const issues: DrilledIssue[] = []
  for (const { id, body } of rows.toReversed()) {
    const view = body as IssueView
    const { timeline } = records.get(id)!
    const statements = await listStatements(sql, id)
    const times = issueTimes(view, timeline, statements)
    const dueOf = async (clock: keyof DrillDues, doneAt: number | null) => {
      const seen = { issue: view, timeline, statements, playbooks: await inForceAt(doneAt) }
      return drillDue(clock, doneAt, { ...seen, chains: alerting.escalation, nowMs })
    }
    issues.push({
      id,
      label: view.evidence.label,
      severity: view.severity,
      people: evidenceNow(view.evidence, figures.get(id)).authors,
      complaints: { all: waiting.get(id)?.complaints ?? 0, unanswered: waiting.get(id)?.unanswered ?? 0 },
      since: view.since,
      openedAt: view.openedAt,
      isMerged: view.state === 'merged',
      dues: {
        acknowledge: await dueOf('acknowledge', times.acknowledged),
        'first-statement': await dueOf('first-statement', times.announced),
        resolve: await dueOf('resolve', times.resolved),
      },
      timeline,
      statements,
      targets: await firstReceipts(sql, id),
    })
  }
  return drillReport({ begunAt: drill.begunAt, expect: scenarioOf(drill).expect }, issues, nowMs)
}

/** A drill as people see it. A scenario that this release does not know any more keeps its name. */
export const drillRow = (drill: Drill, report: DrillReport): DrillRow => {
  const { playsFrom: _playsFrom, sentUntil: _sentUntil, ...told } = drill
  const { title, expect } = scenarioOf(drill)
  return {
    ...told,
    shadow: shadowBrand(drill.brand, drill.id),
    title,
    expect,
    report,
    markdown: drillMarkdown({ ...told, title }, report),
  }
}

const scenarioOf = ({ scenario }: Drill) => findScenario(scenario) ?? { title: scenario, expect: 'page' as const }
