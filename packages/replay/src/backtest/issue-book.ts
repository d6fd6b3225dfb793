import type { Alert, IssueEvent } from '@outcry/contracts'
import { isHeld, type IssueView, pageWorth } from '@outcry/engine'
import type { IssuePeak, IssueReport } from '../report/backtest-report.ts'

type Opening = Pick<
  IssueReport,
  'openedMs' | 'openedAs' | 'observed' | 'expected' | 'windowMs' | 'tailProbability' | 'peak'
>

const RANK = { incident: 0, major: 1, crisis: 2 } as const

/** What opened each issue, its peak, and how it stands in the end. */
export const createIssueBook = () => {
  const openings = new Map<string, Opening>()
  return {
    take: ({ issueId, at, severity, evidence }: IssueEvent): void => {
      const { observed, expected, windowMs, tailProbability } = evidence
      const peak = { severity, observed, expected, windowMs, atMs: at }
      const known = openings.get(issueId)
      if (known === undefined)
        openings.set(issueId, { openedMs: at, openedAs: severity, observed, expected, windowMs, tailProbability, peak })
      else if (isHigher(peak, known.peak)) known.peak = peak
    },
    /** In order of opening. */
    reports: (views: readonly IssueView[], alerts: readonly Alert[]): IssueReport[] =>
      views
        .map((view) => toReport(view, openings.get(view.id)!, alerts))
        .toSorted((a, b) => a.openedMs - b.openedMs || (a.issueId < b.issueId ? -1 : 1)),
  }
}

const isHigher = (one: IssuePeak, other: IssuePeak): boolean =>
  (RANK[one.severity] - RANK[other.severity] || one.observed / one.windowMs - other.observed / other.windowMs) > 0

const toReport = (view: IssueView, opening: Opening, alerts: readonly Alert[]): IssueReport => {
  const own = alerts.filter(({ issueId }) => issueId === view.id)
  const pages = own.filter(({ page }) => page)
  // The words of the decision that counted: the page where there was one, else why it was held last.
  const pageReason = pages[0]?.pageReason ?? view.pageReason
  const { evidence } = view
  return {
    issueId: view.id,
    brand: view.brand,
    label: evidence.label,
    terms: evidence.terms,
    issueType: evidence.issueType,
    severity: view.severity,
    authenticity: evidence.authenticity,
    state: view.state === 'open' && view.calm ? 'calm' : stateOf(view),
    sinceMs: evidence.since,
    lastMs: own.reduce((last, { at }) => Math.max(last, at), opening.openedMs),
    ...opening,
    mentions: evidence.mentions,
    people: evidence.authors,
    page: pages.length > 0,
    pageReason,
    held: pages.length === 0 && isHeld(view),
    worth: pageWorth(view),
    reasons: evidence.reasons,
    excerpts: evidence.exemplars.map(({ at, source, excerpt, url }) => ({
      atMs: at,
      source,
      text: excerpt,
      url: url ?? null,
    })),
  }
}

const stateOf = ({ state }: IssueView): IssueReport['state'] =>
  state === 'acknowledged' || state === 'announced' ? 'open' : state
