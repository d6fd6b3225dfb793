import { MINUTE_MS } from '@outcry/contracts'
import { createPartitionEngine } from '@outcry/engine'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DRILL_DURATION_MS, DRILL_SCENARIOS, findScenario, liveDrillRecords, liveDrillStart } from '../index.ts'

const NOW = Date.parse('2026-03-02T12:00:00Z')
const drillOf = (id: string, seed: number) => ({
  scenario: findScenario(id)!,
  brand: 'acme',
  brandName: 'Acme',
  drillId: `${id}-d1`,
  seed,
  reorderMs: MINUTE_MS,
})
const begun = (id: string, seed = 1) => {
  const drill = drillOf(id, seed)
  return { ...drill, ...liveDrillStart({ ...drill, nowMs: NOW }) }
}
const mentionsOf = (records: Iterable<ReturnType<typeof liveDrillRecords> extends Iterable<infer R> ? R : never>) =>
  [...records].flatMap((record) => (record.kind === 'mention' ? [record.mention.id] : []))

describe('a drill that people meet as it goes', () => {
  it.each(DRILL_SCENARIOS.filter(({ expect: wanted }) => wanted === 'page').map(({ id }) => id))(
    '%s opens within a minute of its beginning, and goes on',
    (id) => {
      const drill = begun(id, 5)
      const engine = createPartitionEngine({ idKey: 'another key' })
      const opened: number[] = []
      let position = 0
      const records = liveDrillRecords(drill, { afterMs: drill.startMs - 1, untilMs: NOW + MINUTE_MS })
      for (const record of records)
        for (const effect of engine.apply(position++, NOW, record))
          if (effect.type === 'issue' && effect.event.kind === 'opened') opened.push(effect.event.at)
      expect(drill.meets).toBe(true)
      expect(Math.abs(opened.at(-1)! - NOW)).toBeLessThanOrEqual(MINUTE_MS)
      const later = mentionsOf(liveDrillRecords(drill, { afterMs: NOW, untilMs: NOW + 30 * MINUTE_MS }))
      expect(later.length).toBeGreaterThan(10)
    },
  )

  it('says the same in pieces as at once, in order, and nothing beyond the piece that is asked for', () => {
    const drill = begun('checkout')
    const endMs = drill.startMs + DRILL_DURATION_MS
    const whole = mentionsOf(liveDrillRecords(drill, { afterMs: drill.startMs - 1, untilMs: endMs }))
    fc.assert(
      fc.property(fc.array(fc.integer({ min: drill.startMs, max: endMs }), { maxLength: 5 }), (cuts) => {
        const ends = [...cuts, endMs].toSorted((a, b) => a - b)
        const pieces: string[] = []
        let afterMs = drill.startMs - 1
        for (const untilMs of ends) {
          const records = [...liveDrillRecords(drill, { afterMs, untilMs })]
          const times = records.map((one) =>
            one.kind === 'mention' ? one.mention.eventTime : one.kind === 'heartbeat' ? one.sourceTime : Number.NaN,
          )
          expect(times).toEqual(times.toSorted((a, b) => a - b))
          expect(times.every((time) => time > afterMs && time <= untilMs)).toBe(true)
          pieces.push(...mentionsOf(records))
          afterMs = untilMs
        }
        expect(pieces).toEqual(whole)
      }),
      { numRuns: 20 },
    )
  })

  it('keeps its clock when its posts are over', () => {
    const drill = begun('balance')
    const afterMs = drill.startMs + DRILL_DURATION_MS + MINUTE_MS
    const kinds = [...liveDrillRecords(drill, { afterMs, untilMs: afterMs + 5_000 })].map(({ kind }) => kind)
    expect(kinds).toEqual(['heartbeat'])
  })
})
