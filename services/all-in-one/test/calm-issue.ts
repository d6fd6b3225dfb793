import type { Evidence, IssueEvent } from '@outcry/contracts'

const evidence: Evidence = {
  label: 'checkout hangs',
  terms: ['checkout'],
  issueType: null,
  rule: 'scan',
  since: 0,
  windowMs: 3_600_000,
  observed: 12,
  expected: 0.7,
  tailProbability: 1e-9,
  mentions: 15,
  authors: 12,
  reposts: 0,
  perHour: 12,
  hostility: 0,
  reach: 100,
  platforms: {},
  harm: 'none',
  authenticity: 'genuine',
  reasons: ['12 people in an hour'],
  mentionIds: ['push:1'],
  exemplars: [],
  series: [],
}

/** The two facts after which an issue waits for a day of calm, as the detector states them. */
export const calmIssue = (brand: string, source: string): IssueEvent[] =>
  (['opened', 'calm'] as const).map((kind, at) => ({
    id: `${brand}-${kind}`,
    kind,
    brand,
    issueId: `of-${brand}`,
    clusterId: 'c1',
    severity: 'major',
    at: Date.now() + at,
    evidence: { ...evidence, platforms: { [source]: 15 } },
  }))
