import {
  type Alert,
  type Assignment,
  type DetectionSettings,
  type EmbeddingProvider,
  MINUTE_MS,
  WEEK_MS,
  type SuppressedBurst,
} from '@outcry/contracts'
import { type AlertingSettings, createPartitionEngine, createScorer, type Effect } from '@outcry/engine'
import type { BacktestReport } from '../report/backtest-report.ts'
import { createAlertDesk, type Told } from './alert-desk.ts'
import { createAnswers } from './answers.ts'
import { createAssignmentBook } from './assignment-book.ts'
import { type BrandTally, createBrandTally } from './brand-tally.ts'
import { createEditNames } from './edit-names.ts'
import { createIssueBook } from './issue-book.ts'
import { createRecordTimeline, type TimedRecord } from './record-timeline.ts'
import { type BrandMention, inTimeOrder } from './time-order.ts'

const SAMPLE_EXPECTED_MS = 10 * MINUTE_MS

export type BacktestOptions = {
  mentions: AsyncIterable<BrandMention>
  settings: DetectionSettings
  /** Names the settings in the report. */
  digest: string
  alerting: (brand: string) => AlertingSettings
  /** Key of the hashes that make ids; the same key gives the same ids. */
  idKey: string
  /** Answers what the detector asks where the settings name its model; without one text alone decides. */
  embedding?: Pick<EmbeddingProvider, 'model' | 'embed'> | undefined
  onProgress?: (mentions: number) => void
}

export type BacktestResult = {
  /** In order of `at`. */
  alerts: Alert[]
  /** One a mention, in the order of event time. */
  assignments(): Iterable<Assignment>
  report: BacktestReport
}

/**
 * Runs the live engine and the live alert decisions over history, in event time only. Deterministic: the same mentions,
 * settings and key give the same result. Throws `INPUT_UNSORTED` (see `inTimeOrder`).
 */
export const backtest = async (options: BacktestOptions): Promise<BacktestResult> => {
  const { settings } = options
  const run = createRun(options)
  const timeline = createRecordTimeline(settings, options.digest)
  const { answers } = run
  const take = async (record: TimedRecord) => {
    for (const answer of answers.isDue(record) ? await answers.take() : []) run.apply(answer)
    run.apply(record)
  }
  const named = createEditNames()
  let mentions = 0
  for await (const each of inTimeOrder(options.mentions, settings.reorderMs)) {
    run.expect(each)
    for (const record of timeline.take(named(each))) await take(record)
    options.onProgress?.((mentions += 1))
  }
  for (const record of timeline.finish()) await take(record)
  return run.result()
}

/** A page handed on to the issue that goes on is the same page. */
const isPage = ({ kind, page }: Alert): boolean => page && (kind === 'opened' || kind === 'escalated')

const createRun = (options: BacktestOptions) => {
  const { settings } = options
  const engine = createPartitionEngine({ idKey: options.idKey, settings, listsClusters: false })
  const answers = createAnswers(options.embedding, settings.reorderMs)
  const scorer = createScorer()
  const desk = createAlertDesk(options.alerting)
  const book = createAssignmentBook((mention) => scorer.score(mention).complaint)
  const issues = createIssueBook()
  const tallies = new Map<string, BrandTally>()
  const tickedAt = new Map<string, number>()
  const sampledAt = new Map<string, number>()
  const counted = { duplicate: 0, late: 0, refused: 0 }
  const alerts: Alert[] = []
  const suppressed: SuppressedBurst[] = []
  const span = { first: Infinity, last: -Infinity }
  let position = 0

  const tallyOf = (brand: string): BrandTally => {
    let tally = tallies.get(brand)
    if (tally === undefined) tallies.set(brand, (tally = createBrandTally()))
    return tally
  }

  const apply = ({ record, appendedAtMs, brand }: TimedRecord): void => {
    for (const effect of engine.apply(position++, appendedAtMs, record)) take(effect)
    if (record.kind === 'heartbeat') tick(brand, record.sourceTime)
  }

  const take = (effect: Effect): void => {
    switch (effect.type) {
      case 'mention': {
        const { brand, mention, complaint, clusterId, clusterPart, issueId } = effect
        book.place({ id: mention.id, brand, complaint, cluster: clusterId, issue: issueId }, clusterPart)
        tallyOf(brand).mention(mention.eventTime, complaint >= settings.complaintThreshold, mention.author?.id)
        return
      }
      case 'issue':
        if (effect.event.mergedInto !== undefined) book.mergeIssues(effect.event.issueId, effect.event.mergedInto)
        issues.take(effect.event)
        return pass(effect.event.brand, effect.event.at, desk.event(effect.event))
      case 'assign':
        return book.assign(effect.brand, effect.mentionIds, effect.clusterId, effect.issueId)
      case 'clusterMerged':
        return book.mergeClusters(effect.from, effect.into)
      case 'clusterPartMerged':
        return book.mergeParts(effect.brand, effect.from, effect.into)
      case 'clusterMoved':
        return book.movePart(effect.brand, effect.part, effect.into)
      case 'forget':
        return book.forget(effect.brand, effect.mentionIds)
      case 'suppressed':
        suppressed.push(effect.burst)
        return
      case 'counted':
        counted[effect.what] += effect.count
        return
      case 'embed':
        return answers.ask(effect)
      // Nobody takes a post out in a backtest.
      case 'removed':
      case 'clusters':
    }
  }

  const pass = (brand: string, atMs: number, told: Told): void => {
    alerts.push(...told.alerts)
    for (const { id, command } of told.commands)
      apply({ brand, appendedAtMs: atMs, record: { v: 1, kind: 'command', brand, commandId: id, command } })
  }

  /** What the live system does each moment on its own, here once a minute of the brand's time. */
  const tick = (brand: string, nowMs: number): void => {
    if (nowMs - (tickedAt.get(brand) ?? 0) < MINUTE_MS) return
    tickedAt.set(brand, nowMs)
    pass(brand, nowMs, desk.tick(brand, nowMs))
    if (nowMs - (sampledAt.get(brand) ?? 0) < SAMPLE_EXPECTED_MS) return
    sampledAt.set(brand, nowMs)
    const expected = engine.statistics().get(brand)?.complaintsExpected
    if (expected !== undefined) tallyOf(brand).expect(nowMs, expected)
  }

  /** Weeks begin with the first mention; the last one may be shorter. */
  const achieved = (brand: string) => {
    const weeks = Math.max(1, Math.ceil((span.last - span.first) / WEEK_MS))
    const pagesByWeek = Array.from({ length: weeks }, () => 0)
    const paged = alerts.filter((alert) => alert.brand === brand && isPage(alert))
    for (const { at } of paged) pagesByWeek[Math.min(weeks - 1, Math.floor((at - span.first) / WEEK_MS))]! += 1
    const pagesAWeek = paged.length / Math.max(1, (span.last - span.first) / WEEK_MS)
    return { budget: options.alerting(brand).pagesPerWeek, pagesByWeek, pagesAWeek }
  }

  const report = (): BacktestReport => {
    const views = desk.issues()
    const issueReports = issues.reports(views, alerts)
    const brands = [...tallies]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([brand, tally]) => {
        const own = issueReports.filter((issue) => issue.brand === brand)
        const held = own.filter(({ page }) => !page).length
        return Object.assign(tally.total(), {
          brand,
          issues: own.length,
          pages: alerts.filter((alert) => alert.brand === brand && alert.page).length,
          held,
          ...achieved(brand),
          series: tally.series(),
        })
      })
    const sum = (key: 'mentions' | 'complaints') => brands.reduce((total, brand) => total + brand[key], 0)
    return {
      settingsDigest: options.digest,
      firstMs: Number.isFinite(span.first) ? span.first : 0,
      lastMs: Number.isFinite(span.last) ? span.last : 0,
      mentions: sum('mentions'),
      complaints: sum('complaints'),
      duplicates: counted.duplicate,
      late: counted.late,
      refused: counted.refused,
      brands,
      issues: issueReports,
      suppressed: suppressed.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
      alerts: alerts.length,
      pages: alerts.filter(({ page }) => page).length,
    }
  }

  return {
    expect: ({ brand, mention }: BrandMention): void => {
      span.first = Math.min(span.first, mention.eventTime)
      span.last = Math.max(span.last, mention.eventTime)
      if (mention.op !== 'delete') book.expect(brand, mention)
    },
    apply,
    answers,
    result: (): BacktestResult => {
      // Each brand's clock goes on its own; a stable sort keeps what one brand decided at one moment in its order.
      alerts.sort((a, b) => a.at - b.at || (a.brand < b.brand ? -1 : a.brand > b.brand ? 1 : 0))
      return { alerts, assignments: () => book.all(), report: report() }
    },
  }
}
