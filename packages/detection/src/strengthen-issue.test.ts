import { describe, expect, it } from 'vitest'
import { someIssue } from '../test/some-issue.ts'
import { somePost } from '../test/some-post.ts'
import { evidenceOf } from './evidence.ts'
import type { FoundBurst } from './found-burst.ts'
import { strengthen } from './strengthen-issue.ts'

const MINUTE_MS = 60_000
const centroid = { size: 0, features: new Int32Array(), weights: new Float32Array() }
const posts = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => somePost({ id: `m${from + n}`, key: from + n, person: from + n, at: n }))
const scanned: FoundBurst = {
  rule: 'scan',
  issueType: 'delay',
  windowMs: 30 * MINUTE_MS,
  observed: 6,
  expected: 0.2,
  tailProbability: 1e-8,
  relativeVariance: 0.1,
  members: posts(0, 6),
  centroid,
}
const counted: FoundBurst = {
  ...scanned,
  rule: 'counter',
  observed: 20,
  expected: 3.5,
  tailProbability: 1e-6,
  relativeVariance: 0.4,
  members: posts(6, 20),
}
const copies: FoundBurst = { ...scanned, observed: 25, expected: 1, copied: true, members: posts(40, 25) }
const unnamed = () => ({ label: '', terms: [] })

/** What the evidence tells after these bursts of one issue that the first opened as its own kind. */
const told = (first: FoundBurst, ...more: FoundBurst[]) => {
  const { members, centroid: _centroid, ...strongest } = first
  const issue = someIssue(members, { rule: first.rule, issueType: first.issueType, strongest })
  for (const found of more) strengthen(issue, found, MINUTE_MS, unnamed)
  const context = {
    at: MINUTE_MS,
    watchedFrom: 0,
    sampled: 1,
    typeLabel: 'Late delivery',
    brand: 'acme',
    rarity: () => 3,
  }
  const { rule, observed, expected, reasons } = evidenceOf(issue, context)
  return { kind: issue.rule, rule, observed, expected, reasons: reasons.join('\n') }
}

describe('what was counted, what was expected and by which rule', () => {
  it('is that of the counter where a scanned issue goes on as more of its type than the scan had seen', () => {
    const { kind, reasons, ...figures } = told(scanned, counted)
    expect(figures).toEqual({ rule: 'counter', observed: 20, expected: 3.5 })
    expect(reasons).toContain('They speak of "Late delivery"; expected is the usual number at this hour of the day.')
    expect(reasons).not.toContain('the share of earlier posts')
    expect(kind).toBe('scan')
  })

  it('is that of the scan where one thing outgrows what a type counted', () => {
    const { reasons, ...figures } = told(counted, { ...scanned, observed: 24 })
    expect(figures).toEqual({ kind: 'counter', rule: 'scan', observed: 24, expected: 0.2 })
    expect(reasons).toContain('expected is the share of earlier posts that said so.')
    expect(reasons).not.toContain('They speak of')
  })

  it('stays what it was where the other rule counts fewer', () => {
    const { reasons, ...figures } = told(counted, scanned)
    expect(figures).toEqual({ kind: 'counter', rule: 'counter', observed: 20, expected: 3.5 })
    expect(reasons).toContain('They speak of "Late delivery"')
  })

  it('is of copies only as long as copies are what was counted', () => {
    expect(told(scanned, copies).reasons).toContain('They are copies of one text by many accounts.')
    expect(told(copies, { ...scanned, observed: 30 }).reasons).not.toContain('copies of one text by many accounts')
  })
})
