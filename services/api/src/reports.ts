import {
  type ComplaintFall,
  type Config,
  DAY_MS,
  type IssueReport,
  type IssueTimes,
  type PeopleSeries,
  type SqlPool,
  withoutHandles,
} from '@outcry/contracts'
import { isActive } from '@outcry/engine'
import {
  chartSpan,
  complaintsFell,
  exposureOf,
  issueDurations,
  issueTimes,
  recurrenceOf,
  reportDocument,
  spansAround,
  timelineWords,
} from '@outcry/response'
import type { IssueRecord, KnownEventPort, Page, PageKey, ReportPort } from '@outcry/rest'
import {
  crowdOf,
  earlierIssues,
  foldedTimeline,
  type IssueCrowd,
  issueFigures,
  type IssueRow,
  listComplaints,
  listStatements,
  outcomesOf,
  peopleBetween,
  peopleBySteps,
  recordsOfTimes,
  unansweredOf,
} from '@outcry/store'
import { evidenceNow } from './reads/evidence-now.ts'
import { issueRecord, pageOfIssues } from './reads/issue-reader.ts'
import { createWhatWorked } from './what-worked.ts'

const MAX_TIMELINE = 1_000
const PAGE = 200

/** What is told of issues afterwards, read anew each time: what was erased since is in none of it. */
export const createReports = (options: {
  pool: SqlPool
  config: Pick<Config, 'response' | 'retention' | 'privacy'>
  nameOf: (brand: string) => string
  events: KnownEventPort
  now: () => number
}): ReportPort => {
  const { pool, config, nameOf, events, now } = options
  const shown = config.privacy.handlesInAlerts ? (text: string) => text : withoutHandles

  const fallOf = async (
    crowd: IssueCrowd,
    fixedMs: number | null,
    given: { onsetMs: number; nowMs: number; keptSinceMs: number },
  ): Promise<{ fall: ComplaintFall | null; fallWords: string }> => {
    const spans = spansAround(fixedMs, given)
    if ('none' in spans) return { fall: null, fallWords: spans.none }
    const [before, after] = await Promise.all(
      [spans.before, spans.after].map(async (span) => ({ ...span, people: await peopleBetween(pool, crowd, span) })),
    )
    const fall = complaintsFell(before!, after!)
    return { fall, fallWords: fall.words }
  }

  const seriesOf = async (
    crowd: IssueCrowd,
    issue: IssueRecord,
    times: IssueTimes,
    keptSinceMs: number,
  ): Promise<PeopleSeries | null> => {
    const span = chartSpan(times, { nowMs: now(), over: isActive(issue) ? null : issue.updatedAt })
    if (times.onset < keptSinceMs) return null
    return { ...span, steps: await peopleBySteps(pool, crowd, span, span.stepMs) }
  }

  const report = async (issue: IssueRecord, fixedAt: number | null): Promise<IssueReport> => {
    const { id, brand, openedAt, issueType } = issue
    const madeAt = now()
    const keptSinceMs = madeAt - config.retention.mentions * DAY_MS
    const [timeline, records, statements, figures, standings, outcomes, near, earlier, crowd] = await Promise.all([
      foldedTimeline(pool, id, MAX_TIMELINE),
      recordsOfTimes(pool, [id]),
      listStatements(pool, id),
      issueFigures(pool, [id], madeAt),
      unansweredOf(pool, [id]),
      outcomesOf(pool, [id]),
      events.near(issue),
      earlierIssues(pool, issue, openedAt - 365 * DAY_MS),
      crowdOf(pool, issue),
    ])
    const evidence = evidenceNow(issue.evidence, figures.get(id))
    const times = issueTimes({ since: evidence.since, openedAt }, records.get(id)!.timeline, statements)
    const standing = standings.get(id) ?? null
    const given = { onsetMs: times.onset, nowMs: madeAt, keptSinceMs }
    const [fall, series] = await Promise.all([
      fallOf(crowd, fixedAt ?? times.fixed, given),
      seriesOf(crowd, issue, times, keptSinceMs),
    ])
    return {
      madeAt,
      issue: {
        id,
        brand,
        brandName: nameOf(brand),
        label: shown(evidence.label),
        severity: issue.severity,
        state: issue.state,
        issueType,
        drill: issue.drill,
      },
      evidence: { ...evidence, reasons: evidence.reasons.map(shown) },
      posts: evidence.exemplars.map(({ at, source, excerpt, url = null }) => ({
        at,
        source,
        excerpt: shown(excerpt),
        url,
      })),
      times,
      durations: issueDurations(times),
      exposure: exposureOf(evidence, standing, config.response.postingShare),
      ...fall,
      series,
      events: near,
      statements,
      timeline: timeline.map(({ atMs, actor, kind, body }) => ({
        at: atMs,
        actor,
        words: timelineWords({ kind, body: body as Record<string, unknown> }),
      })),
      standing,
      outcomes: outcomes.get(id) ?? {},
      recurrence: recurrenceOf(
        issue,
        earlier.map((one) => ({ ...one, label: shown(one.label) })),
      ),
    }
  }

  return {
    report: async (issue, fixedAt) => {
      const told = await report(issue, fixedAt)
      return { report: told, document: () => reportDocument(told) }
    },
    whatWorked: createWhatWorked(pool, now),
    issues: async function* (filter) {
      for (let after: PageKey | null = null; ;) {
        const page: Page<IssueRow> = await pageOfIssues(pool, filter, { after, limit: PAGE })
        const ids = page.rows.map(({ id }) => id)
        const figures = await issueFigures(pool, ids, now())
        for (const row of page.rows) {
          const issue = issueRecord(row, figures.get(row.id))
          yield { ...issue, evidence: { ...issue.evidence, label: shown(issue.evidence.label) } }
        }
        if (page.next === null) return
        after = page.next
      }
    },
    complaints: async function* (issueId) {
      for (let after: { key: number; id: string } | null = null; ;) {
        const page: Awaited<ReturnType<typeof listComplaints>> = await listComplaints(
          pool,
          issueId,
          {},
          'age',
          after,
          PAGE,
        )
        for (const { mention, ...complaint } of page)
          yield { ...complaint, source: mention.source, text: shown(mention.text), url: mention.url ?? null }
        const last = page.at(-1)
        if (page.length < PAGE || last === undefined) return
        after = last
      }
    },
  }
}
