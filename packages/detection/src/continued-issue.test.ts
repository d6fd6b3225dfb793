import { describe, expect, it } from 'vitest'
import { centroidOf } from './centroid.ts'
import { continuedBy, recurring } from './continued-issue.ts'
import type { FoundBurst } from './found-burst.ts'
import type { Issue } from './issue.ts'
import type { Post } from './post.ts'

const HOUR_MS = 3_600_000
const NOW = 1_000 * HOUR_MS
const SETTINGS = { calmMs: 3 * HOUR_MS, reopenMs: 24 * HOUR_MS }

const words = (...features: number[]) =>
  centroidOf(
    [
      {
        size: features.length,
        features: Int32Array.from(features),
        weights: new Float32Array(features.length).fill(1),
      },
    ],
    96,
  )
const posts = (count: number, issue: string, agoMs = 60_000): Post[] =>
  Array.from({ length: count }, (_, key) => ({ key, issue, at: NOW - agoMs }) as unknown as Post)
const issueOf = (fields: Partial<Issue>): Issue =>
  ({
    id: 'known',
    rule: 'scan',
    issueType: null,
    state: 'open',
    byPerson: false,
    lastBurstAt: NOW - 60_000,
    closedAt: 0,
    centroid: words(1, 2, 3),
    evidence: [],
    ...fields,
  }) as unknown as Issue
const burstOf = (fields: Partial<FoundBurst>): FoundBurst => ({
  rule: 'scan',
  issueType: null,
  windowMs: HOUR_MS,
  observed: 10,
  expected: 1,
  tailProbability: 1e-9,
  members: posts(10, ''),
  centroid: words(1, 2, 3),
  ...fields,
})
const continued = (found: FoundBurst, ...issues: Issue[]) => continuedBy(found, issues, NOW, SETTINGS)?.id

describe('a burst continues', () => {
  it('the issue that a third of its posts belong to', () => {
    const other = { centroid: words(7, 8), lastBurstAt: NOW - 2 * HOUR_MS, evidence: posts(40, 'known') }
    expect(continued(burstOf({ members: [...posts(4, 'known'), ...posts(6, '')] }), issueOf(other))).toBe('known')
    expect(continued(burstOf({ members: [...posts(2, 'known'), ...posts(8, '')] }), issueOf(other))).toBeUndefined()
  })

  it('the issue of which it holds a third', () => {
    const small = { centroid: words(7, 8), lastBurstAt: NOW - 2 * HOUR_MS, evidence: posts(5, 'known') }
    expect(continued(burstOf({ members: [...posts(2, 'known'), ...posts(28, '')] }), issueOf(small))).toBe('known')
    expect(continued(burstOf({ members: [...posts(1, 'known'), ...posts(28, '')] }), issueOf(small))).toBeUndefined()
  })

  it('the issue that holds most of its posts, of two that opened at the same moment', () => {
    const found = burstOf({ members: [...posts(3, 'known'), ...posts(5, 'other'), ...posts(4, '')] })
    const both = ['known', 'other'].map((id) => issueOf({ id, centroid: words(7, 8), evidence: posts(9, id) }))
    expect(continued(found, ...both)).toBe('other')
    expect(continued(found, ...both.toReversed())).toBe('other')
  })

  it('what goes on at once and shares its type, some posts or some words, but not everything at once', () => {
    const other = { centroid: words(7, 8), evidence: posts(20, 'known') }
    const delay = burstOf({ rule: 'counter', issueType: 'delay' })
    expect(continued(delay, issueOf({ ...other, issueType: 'delay' }))).toBe('known')
    expect(continued(delay, issueOf({ ...other, issueType: 'refund' }))).toBeUndefined()
    expect(continued(burstOf({ members: [...posts(2, 'known'), ...posts(15, '')] }), issueOf(other))).toBe('known')
    expect(continued(burstOf({}), issueOf({ ...other, centroid: words(3, 7, 8, 9, 10) }))).toBe('known')
    const any = { ...other, rule: 'counter', issueType: 'any', centroid: words(1, 2, 3) } as const
    expect(continued(burstOf({}), issueOf(any))).toBeUndefined()
  })

  it('nothing that is only of its type two hours later', () => {
    const earlier = { issueType: 'delay', centroid: words(7, 8), lastBurstAt: NOW - 2 * HOUR_MS }
    expect(continued(burstOf({ issueType: 'delay' }), issueOf(earlier))).toBeUndefined()
  })

  it('the same words while people write, and opens a second wave after an hour in which nobody did', () => {
    const quiet = { lastBurstAt: NOW - 2 * HOUR_MS }
    expect(continued(burstOf({}), issueOf(quiet))).toBeUndefined()
    expect(continued(burstOf({}), issueOf({ ...quiet, evidence: posts(1, 'known', HOUR_MS / 2) }))).toBe('known')
    expect(continued(burstOf({}), issueOf({ ...quiet, state: 'calm' }))).toBe('known')
    expect(continued(burstOf({}), issueOf({ ...quiet, state: 'resolved', closedAt: NOW - HOUR_MS }))).toBe('known')
  })

  it('everything at once only where it is most of that', () => {
    const any = (count: number) => issueOf({ rule: 'counter', issueType: 'any', evidence: posts(count, 'known') })
    const found = burstOf({ members: posts(10, 'known') })
    expect(continued(found, any(40))).toBeUndefined()
    expect(continued(found, any(18))).toBe('known')
  })

  it('a type by its counter within the hour', () => {
    const delays = { rule: 'counter', issueType: 'delay', centroid: words(7, 8) } as const
    const found = burstOf({ rule: 'counter', issueType: 'delay' })
    expect(continued(found, issueOf({ ...delays, lastBurstAt: NOW - HOUR_MS / 2 }))).toBe('known')
    expect(continued(found, issueOf({ ...delays, lastBurstAt: NOW - 1.5 * HOUR_MS }))).toBeUndefined()
  })
})

describe('a new issue repeats an earlier one', () => {
  const earlier = (fields: Partial<Issue>) => issueOf({ state: 'resolved', issueType: 'delay', ...fields })
  const repeated = (found: FoundBurst, issue: Issue) => recurring(found, [issue])?.id

  it('where it says what that said, not only where both are of one type', () => {
    const narrow = burstOf({ issueType: 'delay' })
    expect(repeated(narrow, earlier({ centroid: words(7, 8, 9) }))).toBeUndefined()
    expect(repeated(narrow, earlier({ centroid: words(3, 7, 8) }))).toBe('known')
    expect(repeated(narrow, earlier({ issueType: null }))).toBe('known')
  })

  it('where its type was counted before, whatever is said of it', () => {
    const broad = burstOf({ rule: 'counter', issueType: 'delay' })
    expect(repeated(broad, earlier({ rule: 'counter', centroid: words(7, 8, 9) }))).toBe('known')
    expect(repeated(broad, earlier({ centroid: words(7, 8, 9) }))).toBeUndefined()
    expect(repeated(broad, earlier({ rule: 'counter', issueType: 'refund' }))).toBeUndefined()
  })
})
