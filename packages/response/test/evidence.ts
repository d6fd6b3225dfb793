import type { Evidence } from '@outcry/contracts'

export const ONSET = Date.UTC(2026, 10, 2, 9)

export const evidence = (changes: Partial<Evidence> = {}): Evidence => ({
  label: 'checkout hangs',
  terms: ['checkout', 'hang'],
  issueType: 'checkout',
  rule: 'scan',
  since: ONSET,
  windowMs: 3_600_000,
  observed: 12,
  expected: 0.7,
  tailProbability: 1e-9,
  mentions: 15,
  authors: 12,
  reposts: 1,
  perHour: 12,
  hostility: 0.2,
  unanswered: 0.8,
  reach: 4_000,
  platforms: { bluesky: 9, push: 6 },
  harm: 'none',
  authenticity: 'genuine',
  reasons: ['12 people in an hour, 0.7 expected'],
  mentionIds: ['m1', 'm2'],
  exemplars: [],
  series: [],
  ...changes,
})
