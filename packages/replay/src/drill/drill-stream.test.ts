import { createGuard, DAY_MS, Mention } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DRILL_DURATION_MS, DRILL_SCENARIOS, drillStream, findScenario } from '../index.ts'

const START = Date.parse('2026-03-01T00:00:00Z')
const stream = (id: string, seed = 1) => [
  ...drillStream({ scenario: findScenario(id)!, brandName: 'Acme', drillId: 'd1', seed, startMs: START }),
]
const isMention = createGuard(Mention)

describe('drillStream', () => {
  it.each(DRILL_SCENARIOS.map(({ id }) => id))('%s gives valid mentions in order, inside its time', (id) => {
    const posts = stream(id)
    expect(posts.length).toBeGreaterThan(300)
    expect(posts.every(({ mention }) => isMention(mention))).toBe(true)
    expect(posts.every(({ mention }) => mention.text.includes('Acme') && !mention.text.includes('{'))).toBe(true)
    const times = posts.map(({ afterMs }) => afterMs)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times.at(-1)).toBeLessThan(DRILL_DURATION_MS)
  })

  it('is the same for the same seed and another for another', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(stream('payment', seed)).toEqual(stream('payment', seed))
        expect(stream('payment', seed)).not.toEqual(stream('payment', seed + 1))
      }),
      { numRuns: 10 },
    )
  })

  it('names every mention once', () => {
    const ids = stream('promotion').map(({ mention }) => mention.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('lets a crowd speak in many words and languages, and trolls in one text from fresh accounts', () => {
    const crowd = stream('checkout').filter(({ mention }) => mention.author!.id.includes('crowd'))
    expect(new Set(crowd.map(({ mention }) => mention.author!.id)).size).toBe(45)
    expect(new Set(crowd.map(({ mention }) => mention.lang)).size).toBeGreaterThan(2)
    expect(new Set(crowd.map(({ mention }) => mention.text)).size).toBeGreaterThan(crowd.length * 0.8)
    const trolls = stream('troll-campaign').filter(({ mention }) => mention.author!.id.includes('fresh'))
    expect(trolls).toHaveLength(60)
    expect(new Set(trolls.map(({ mention }) => mention.author!.id)).size).toBe(3)
    expect(trolls.every(({ mention }) => mention.eventTime - mention.author!.createdAt! < DAY_MS)).toBe(true)
  })
})
