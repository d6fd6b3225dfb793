import type { IssueReport } from '@outcry/contracts'
import type { ReportPort } from '../src/ports-of-reports.ts'
import { smallDocument } from './report-documents.ts'

/** A report in which nothing happened; what is in a real one is held by tests over the running API. */
const plainReport = (nowMs: number): Omit<IssueReport, 'issue'> => {
  const steps = {
    paged: null,
    acknowledged: null,
    briefed: null,
    announced: null,
    fixed: null,
    resolved: null,
    thanked: null,
  }
  return {
    madeAt: nowMs,
    evidence: {
      mentions: 1,
      authors: 1,
      windowMs: 900_000,
      observed: 1,
      expected: 0.1,
      platforms: {},
      authenticity: 'genuine',
      reasons: [],
    },
    posts: [{ at: nowMs, source: 'support', excerpt: 'it hangs', url: 'javascript:alert(1)' }],
    times: { onset: nowMs, detected: nowMs, ...steps },
    durations: { detected: 0, ...steps },
    exposure: { reach: 1, unansweredShare: null, affected: null, assumption: '' },
    fall: null,
    fallWords: 'Nobody said yet that it is fixed.',
    series: null,
    events: [],
    statements: [],
    timeline: [],
    standing: null,
    outcomes: {},
    recurrence: { issueType: null, days30: 0, days90: 0, days365: 0, earlier: [], words: '' },
  }
}

export const memoryReports = (nowMs: number, texts: readonly string[] = ['it hangs']): ReportPort => ({
  report: async ({ id, brand, evidence, severity, state, issueType, drill }) => {
    const issue = { id, brand, brandName: brand, label: evidence.label, severity, state, issueType, drill }
    return { report: { ...plainReport(nowMs), issue }, document: smallDocument }
  },
  whatWorked: async () => ({ issues: 0, rows: [] }),
  issues: async function* () {},
  complaints: async function* () {
    for (const text of texts)
      yield {
        at: nowMs,
        source: 'support',
        text,
        url: null,
        lang: 'en',
        reach: 3,
        messages: { byPerson: 1, byBrand: 0 },
        answer: null,
        assignee: null,
        handOff: null,
        outcome: null,
        authenticity: null,
      }
  },
})
