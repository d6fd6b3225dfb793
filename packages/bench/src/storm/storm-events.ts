import type { IssueEvent } from '@outcry/contracts'

const HOUR_MS = 3_600_000

/** `count` issues that open now, spread over `brands`: what detectors would state. */
export const openedIssues = (first: number, count: number, brands: number, at: number): IssueEvent[] =>
  Array.from({ length: count }, (_, index) => {
    const issueId = `storm-${first + index}`
    return {
      id: `ev-${issueId}`,
      kind: 'opened',
      brand: `brand-${(first + index) % brands}`,
      issueId,
      clusterId: `cl-${issueId}`,
      severity: 'major',
      at,
      evidence: {
        label: 'checkout hangs after paying',
        terms: ['checkout', 'hang', 'paying'],
        issueType: null,
        rule: 'scan',
        since: at - 600_000,
        windowMs: HOUR_MS,
        observed: 22,
        expected: 0.7,
        tailProbability: 1e-12,
        mentions: 41,
        authors: 37,
        reposts: 2,
        perHour: 30,
        hostility: 0.1,
        reach: 10_000,
        platforms: { push: 41 },
        harm: 'money',
        authenticity: 'genuine',
        reasons: ['22 people within an hour, 0.7 expected at this hour'],
        mentionIds: [`push:${issueId}`],
        exemplars: [
          {
            mentionId: `push:${issueId}`,
            at,
            source: 'push',
            excerpt: 'the checkout hangs after paying, third time today',
            url: `https://posts.example/${issueId}`,
          },
        ],
        series: [],
      },
    }
  })
