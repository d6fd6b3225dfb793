import { type Evidence, type Severity, WEEK_MS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { createStory, evidence, settings, START } from '../test/issue-fixtures.ts'

type Moment = { at: number; issueId: string; severity: Severity; found: Evidence }

/** Numbers from 0 to 1 that are the same in every run. */
const seeded = (seed: number) => () => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32

/** A year in which so many incidents and majors a week come at random; two of three majors begin as an incident. */
const year = (incidents: number, majors: number): Moment[] => {
  const random = seeded(7)
  const between = (least: number, most: number) => least + (most - least) * random()
  const moments: Moment[] = []
  for (let at = START, n = 0; at < START + 52 * WEEK_MS; n += 1) {
    at += (-Math.log(1 - random()) * WEEK_MS) / (incidents + majors)
    const major = random() < majors / (incidents + majors)
    const small = evidence({ authors: Math.round(between(4, 16)), tailProbability: 10 ** -between(5.5, 9.5) })
    const great = evidence({ authors: Math.round(between(8, 38)), tailProbability: 10 ** -between(7, 13) })
    const issue = { issueId: `i${n}`, at: Math.round(at) }
    if (!major || random() < 2 / 3) moments.push({ ...issue, severity: 'incident', found: small })
    if (major) moments.push({ ...issue, at: issue.at + 600_000, severity: 'major', found: great })
  }
  return moments.toSorted((a, b) => a.at - b.at)
}

/** First come, first served, with the last page of the week kept for a major: what the price has to be better than. */
const firstCome = (moments: readonly Moment[], budget: number): Set<string> => {
  const pages: Moment[] = []
  for (const moment of moments) {
    if (pages.some(({ issueId }) => issueId === moment.issueId)) continue
    const used = pages.filter(({ at }) => at > moment.at - WEEK_MS).length
    if (used < (moment.severity === 'incident' ? budget - 1 : budget)) pages.push(moment)
  }
  return new Set(pages.map(({ issueId }) => issueId))
}

const priced = (moments: readonly Moment[], pagesPerWeek: number): Set<string> => {
  const story = createStory(settings({ pagesPerWeek }))
  for (const { at, issueId, severity, found } of moments) {
    story.tell({ kind: story.issues.has(issueId) ? 'severity' : 'opened', issueId, severity, at, evidence: found })
  }
  return new Set([...story.issues.values()].filter(({ pagedAs }) => pagedAs !== null).map(({ id }) => id))
}

describe('a year of pages', () => {
  it.each([
    { incidents: 10, majors: 1, shareOfMajors: 0.8, shareOfPages: 0.6 },
    { incidents: 10, majors: 3, shareOfMajors: 0.6, shareOfPages: 0.95 },
    { incidents: 20, majors: 5, shareOfMajors: 0.45, shareOfPages: 0.95 },
  ])(
    'goes to the majors, more than first come, first served does: $incidents incidents and $majors majors a week',
    ({ incidents, majors, shareOfMajors, shareOfPages }) => {
      const moments = year(incidents, majors)
      const graver = new Set(moments.filter(({ severity }) => severity === 'major').map(({ issueId }) => issueId))
      const [price, order] = [priced(moments, 3), firstCome(moments, 3)]
      const hits = (paged: Set<string>) => [...paged].filter((id) => graver.has(id)).length
      expect(hits(price) / graver.size).toBeGreaterThan(shareOfMajors)
      expect(hits(price) / price.size).toBeGreaterThan(shareOfPages)
      expect(hits(price)).toBeGreaterThan(hits(order))
    },
  )

  it('pages nearly everything of a brand that has less to say than its budget', () => {
    const moments = year(0.4, 0.2)
    const issues = new Set(moments.map(({ issueId }) => issueId))
    expect(priced(moments, 3).size / issues.size).toBeGreaterThan(0.95)
  })
})
