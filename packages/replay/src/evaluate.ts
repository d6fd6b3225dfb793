import { type AlertKind, HOUR_MS, MINUTE_MS, WEEK_MS } from '@outcry/contracts'
import type { LabelledSpan, LabelledTruth } from './truth.ts'

/** What of an alert is scored; `at` in epoch ms. */
export type ScoredAlert = { kind: AlertKind; brand: string; page: boolean; at: number }

/** Figures against labelled incidents; null where there was nothing to take it from. Shares are 0 to 1. */
export type Evaluation = {
  alerts: number
  counted: number
  precision: number
  precisionLenient: number
  recall: number | null
  recallOfMajors: number | null
  f1: number | null
  f1Lenient: number | null
  incidents: number
  incidentsHit: number
  minutesToDetect: number | null
  minutesToDetectMajors: number | null
  alertsPerIncidentHit: number | null
  recallOfMajorsByPages: number | null
  falseAlertsPerBrandWeek: number
  pages: number
  pagesPerBrandWeek: number
  falsePagesPerBrandWeek: number
  pagePrecisionLenient: number
  promotions: number
  promotionsAlerted: number
  fewUserStorms: number
  fewUserStormsAlerted: number
  missed: { brand: string; start: number; end: number; tier: string }[]
}

const GREY_AFTER_MS = 30 * MINUTE_MS

/**
 * Scores alerts against labelled incidents.
 *
 * Detection counts alerts of kind `opened`, paging or not. One matches an incident of its brand from its start to 60
 * minutes after its end. Alerts outside the observed time, or in an incident that is not scored, count neither for nor
 * against. Precision is matching over counted; the lenient one leaves out alerts in a grey span or up to 30 minutes
 * after. Recall is of scored incidents. Minutes to detect: the median over incidents hit of first matching alert minus
 * start. Pages are `opened` or `escalated` alerts with `page`.
 */
export const evaluate = (alerts: readonly ScoredAlert[], truth: LabelledTruth): Evaluation => {
  const opened = alerts.filter(({ kind }) => kind === 'opened')
  const pages = alerts.filter(({ kind, page }) => page && (kind === 'opened' || kind === 'escalated'))
  const scored = truth.incidents.filter((incident) => incident.scored)
  const majors = scored.filter(({ tier }) => tier === 'major')
  const weeks = truth.observed.reduce((sum, { start, end }) => sum + (end - start) / WEEK_MS, 0)
  const judged = judge(opened, truth)
  const judgedPages = judge(pages, truth)
  const found = hit(scored, judged.matching)
  const counted = judged.matching.length + judged.grey.length + judged.wrong.length
  const precision = share(judged.matching.length, counted)
  const precisionLenient = share(judged.matching.length, judged.matching.length + judged.wrong.length)
  const recall = share(found.length, scored.length)
  const ifScored = <T>(value: T): T | null => (scored.length > 0 ? value : null)
  return {
    alerts: opened.length,
    counted,
    precision,
    precisionLenient,
    recall: ifScored(recall),
    recallOfMajors: ifScored(share(hit(majors, judged.matching).length, majors.length)),
    f1: ifScored(harmonicMean(precision, recall)),
    f1Lenient: ifScored(harmonicMean(precisionLenient, recall)),
    incidents: scored.length,
    incidentsHit: found.length,
    minutesToDetect: minutesToDetect(scored, judged.matching),
    minutesToDetectMajors: minutesToDetect(majors, judged.matching),
    alertsPerIncidentHit: ifScored(share(judged.matching.length, found.length)),
    recallOfMajorsByPages: ifScored(share(hit(majors, judgedPages.matching).length, majors.length)),
    falseAlertsPerBrandWeek: share(judged.wrong.length, weeks),
    pages: pages.length,
    pagesPerBrandWeek: share(pages.length, weeks),
    falsePagesPerBrandWeek: share(judgedPages.wrong.length, weeks),
    pagePrecisionLenient: share(judgedPages.matching.length, judgedPages.matching.length + judgedPages.wrong.length),
    promotions: truth.promo.length,
    promotionsAlerted: hit(truth.promo, opened).length,
    fewUserStorms: truth.fewUsers.length,
    fewUserStormsAlerted: hit(truth.fewUsers, opened).length,
    missed: scored
      .filter((incident) => !found.includes(incident))
      .map(({ brand, start, end, tier }) => ({ brand, start, end, tier })),
  }
}

const inside = (alert: ScoredAlert, span: LabelledSpan, afterMs: number) =>
  alert.brand === span.brand && span.start <= alert.at && alert.at <= span.end + afterMs

const judge = (alerts: readonly ScoredAlert[], truth: LabelledTruth) => {
  const judged: Record<'matching' | 'grey' | 'wrong', ScoredAlert[]> = { matching: [], grey: [], wrong: [] }
  for (const alert of alerts) {
    const within = truth.incidents.filter((incident) => inside(alert, incident, HOUR_MS))
    if (within.some(({ scored }) => scored)) judged.matching.push(alert)
    else if (within.length > 0 || !truth.observed.some((span) => inside(alert, span, 0))) continue
    else if (truth.grey.some((span) => inside(alert, span, GREY_AFTER_MS))) judged.grey.push(alert)
    else judged.wrong.push(alert)
  }
  return judged
}

const hit = <S extends LabelledSpan>(spans: readonly S[], alerts: readonly ScoredAlert[]) =>
  spans.filter((span) => alerts.some((alert) => inside(alert, span, HOUR_MS)))

const minutesToDetect = (spans: readonly LabelledSpan[], alerts: readonly ScoredAlert[]) =>
  median(
    hit(spans, alerts).map((span) => {
      const first = Math.min(...alerts.filter((alert) => inside(alert, span, HOUR_MS)).map(({ at }) => at))
      return (first - span.start) / MINUTE_MS
    }),
  )

const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0)

const harmonicMean = (a: number, b: number) => (a + b > 0 ? (2 * a * b) / (a + b) : 0)

const median = (values: readonly number[]): number | null => {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
