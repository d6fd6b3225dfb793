import type { Evidence, IssueEvent, TypeOfIssue } from '@outcry/contracts'
import {
  type AlertingSettings,
  type BrandAlerting,
  decideEvent,
  type Decision,
  emptyBrandAlerting,
  type IssueView,
} from '../src/index.ts'

export const START = Date.UTC(2026, 10, 2, 9)

export const settings = (changes: Partial<AlertingSettings> = {}): AlertingSettings => ({
  pagesPerWeek: 3,
  updateEveryMs: 1_800_000,
  resolveAfterCalmMs: 86_400_000,
  routes: [{ target: 'all', minSeverity: 'incident', pagesOnly: false, drills: false }],
  ...changes,
})

export const evidence = (changes: Partial<Evidence> = {}): Evidence => ({
  label: 'checkout hangs',
  terms: ['checkout', 'hang'],
  issueType: null,
  rule: 'scan',
  since: START - 600_000,
  windowMs: 3_600_000,
  observed: 12,
  expected: 0.7,
  tailProbability: 1e-9,
  mentions: 15,
  authors: 12,
  reposts: 1,
  perHour: 12,
  hostility: 0.2,
  reach: 4_000,
  platforms: { push: 15 },
  harm: 'none',
  authenticity: 'genuine',
  reasons: ['12 people in an hour, 0.7 expected'],
  mentionIds: ['m1', 'm2'],
  exemplars: [],
  series: [],
  ...changes,
})

export const event = (changes: Partial<IssueEvent> = {}): IssueEvent => ({
  id: `${changes.issueId ?? 'i1'}-${changes.kind ?? 'opened'}-${changes.at ?? START}`,
  kind: 'opened',
  brand: 'acme',
  issueId: 'i1',
  clusterId: 'c1',
  severity: 'incident',
  at: START,
  evidence: evidence(),
  ...changes,
})

/** Alerting of one brand with the state a caller keeps, so that a test tells a story event by event. */
export const createStory = (options: AlertingSettings = settings(), start: BrandAlerting = emptyBrandAlerting()) => {
  let brand = start
  const issues = new Map<string, IssueView>()
  const log: Decision[] = []
  const take = <D extends Decision>(decision: D): D => {
    brand = decision.brand
    for (const issue of decision.issues) issues.set(issue.id, issue)
    log.push(decision)
    return decision
  }
  return {
    issues,
    log,
    take,
    brand: () => brand,
    alerts: () => log.flatMap((decision) => decision.alerts),
    issue: (id = 'i1') => issues.get(id)!,
    tell: (changes: Partial<IssueEvent> = {}, nowMs?: number, type?: TypeOfIssue) => {
      const fact = event(changes)
      return take(
        decideEvent({
          brand,
          issue: issues.get(fact.issueId) ?? null,
          successor: fact.mergedInto === undefined ? null : (issues.get(fact.mergedInto) ?? null),
          event: fact,
          settings: options,
          nowMs: nowMs ?? fact.at,
          ...(type === undefined ? {} : { type }),
        }),
      )
    },
  }
}
