import type { Alert } from '@outcry/contracts'

const MENTION_IDS = 100

/** An alert of the usual size, about 3 KB as a frame. */
export const madeAlert = (number: number, brand: string, nowMs: number): Alert => ({
  id: `alert-${number}`,
  kind: number % 4 === 0 ? 'escalated' : 'opened',
  issueId: `issue-${number}`,
  clusterId: `cluster-${number}`,
  brand,
  severity: 'major',
  page: true,
  at: nowMs,
  since: nowMs - 900_000,
  label: 'checkout hangs after paying',
  terms: ['checkout', 'hangs', 'paying', 'card', 'order'],
  mentions: 140,
  authors: 61,
  expected: 2.4,
  observed: 61,
  windowMs: 1_800_000,
  tailProbability: 1e-18,
  authenticity: 'genuine',
  reasons: ['61 people in 30 minutes, 2.4 expected', 'money is at stake', '4 sources'],
  mentionIds: Array.from({ length: MENTION_IDS }, (_, n) => `bluesky:post-${number}-${n}`),
  pageReason: 'page 1 of 3 this week',
  reason: 'burst',
})
