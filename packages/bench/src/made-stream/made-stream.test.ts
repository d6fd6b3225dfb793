import * as fc from 'fast-check'
import { DAY_MS, MINUTE_MS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { dealtTexts } from './dealt-texts.ts'
import type { MadeStream } from './made-stream.ts'
import { makeStream } from './make-stream.ts'
import { seededDraws, TEMPLATE_LANGUAGES, templateBrands } from '@outcry/testkit/made-texts'

const START_MS = Date.UTC(2026, 0, 5)
const made = (seed: number, languages: readonly string[] = ['en'], days = 6): MadeStream => {
  const draws = seededDraws(seed)
  return makeStream(draws, { brands: templateBrands(draws, languages), startMs: START_MS, days, perIssueHour: 0.3 })
}
const SIZES = [8, 8, 8, 12, 12, 12, 12, 20, 20, 20, 20, 40, 40, 40]
const seeds = fc.integer({ min: 1, max: 1_000_000 })

describe('a made stream', () => {
  it('is the same for the same seed, and another for another', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(made(seed)).toEqual(made(seed))
        expect(made(seed).posts).not.toEqual(made(seed + 1).posts)
      }),
      { numRuns: 5 },
    )
  })

  it('tells the truth: every burst has its people, within its time, about its issue', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { posts, truth } = made(seed)
        expect(truth.bursts.map(({ size }) => size).toSorted((a, b) => a - b)).toEqual(SIZES)
        for (const burst of truth.bursts) {
          const own = posts.filter((post) => post.burst === burst.id)
          expect(own).toHaveLength(burst.size)
          expect([own[0]!.at, own.at(-1)!.at]).toEqual([burst.start, burst.end])
          expect(burst.end - burst.start).toBeLessThanOrEqual(burst.minutes * MINUTE_MS)
          expect(own.every(({ issue, brand }) => issue === burst.issue && brand === burst.brand)).toBe(true)
        }
        expect(truth.hard.map(({ kind }) => kind).toSorted()).toEqual(['diffuse', 'diffuse', 'slow', 'spam'])
        expect(posts.every((post, index) => index === 0 || posts[index - 1]!.at <= post.at)).toBe(true)
        expect(posts.every(({ at }) => at >= START_MS && at < START_MS + 6 * DAY_MS)).toBe(true)
      }),
      { numRuns: 10 },
    )
  })

  it('grows over everything in a diffuse surge', () => {
    const streams = Array.from({ length: 20 }, (_, seed) => made(seed + 1))
    const rate = (stream: MadeStream, start: number, end: number) =>
      stream.posts.filter(({ at, burst }) => burst === '' && at >= start && at < end).length / (end - start)
    let during = 0
    let dayBefore = 0
    for (const stream of streams)
      for (const { start, end } of stream.truth.hard.filter(({ kind }) => kind === 'diffuse')) {
        during += rate(stream, start, end)
        dayBefore += rate(stream, start - DAY_MS, end - DAY_MS)
      }
    expect(during / dayBefore).toBeGreaterThan(1.8)
    expect(during / dayBefore).toBeLessThan(3.4)
  })

  it('speaks each of its languages in many different texts, without unfilled places', () => {
    const { posts } = made(7, TEMPLATE_LANGUAGES, 3)
    for (const lang of TEMPLATE_LANGUAGES) {
      const own = posts.filter(({ brand, burst }) => brand === `made-${lang}` && burst !== 'spam')
      expect(new Set(own.map(({ text }) => text)).size).toBeGreaterThan(own.length * 0.8)
      expect(own.filter(({ text }) => /[{}|]/.test(text))).toEqual([])
    }
  })
})

describe('dealtTexts', () => {
  it('deals every text once before it varies any', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), seeds, (texts, seed) => {
        const pool = dealtTexts(seededDraws(seed), new Map([['late', texts]]), () => true)
        const dealt = texts.map(() => pool.take('late'))
        expect(dealt.toSorted()).toEqual(texts.toSorted())
        expect(pool.take('late').length).toBeGreaterThan(0)
      }),
    )
  })
})
