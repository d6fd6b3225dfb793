import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { issueOf } from '../../test/burning-day.ts'
import { evidenceNow } from './evidence-now.ts'

const { evidence } = issueOf(
  { id: 'i', brand: 'acme', label: 'checkout hangs', severity: 'major', ageMs: 60_000, people: 9 },
  1_800_000_000_000,
)
const figures = { people: 13, posts: 20, reach: 4_000, lastHour: 5, hourBefore: 8, platforms: { bluesky: 20 } }

it('brings totals, sources and pace to what is stored', () => {
  const { authors, mentions, reach, lastHour, hourBefore, platforms } = evidenceNow(evidence, figures)
  expect({ people: authors, posts: mentions, reach, lastHour, hourBefore, platforms }).toEqual(figures)
})

it('stays as on record where posts are not kept any more', () => {
  expect(evidenceNow(evidence, undefined)).toBe(evidence)
  expect(evidenceNow(evidence, { ...figures, people: 1, posts: 1, reach: 2 })).toEqual(evidence)
})

it('never tells of fewer people, posts or reach than the record', () => {
  const some = fc.record({ people: fc.nat(40), posts: fc.nat(40), reach: fc.nat(9_000) })
  fc.assert(
    fc.property(some, (stored) => {
      const { authors, mentions, reach } = evidenceNow(evidence, { ...figures, ...stored })
      expect([authors, mentions, reach]).toEqual([
        Math.max(stored.people, evidence.authors),
        Math.max(stored.posts, evidence.mentions),
        Math.max(stored.reach, evidence.reach),
      ])
    }),
  )
})
