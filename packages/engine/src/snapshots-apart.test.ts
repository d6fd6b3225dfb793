import { type BusRecord, RECORD_VERSION, WEEK_MS } from '@outcry/contracts'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { madeMentions, recordsOf, START } from '../test/made-stream.ts'
import { type BrandSnapshot, createPartitionEngine, defaultDetectionSettings, type PartitionEngine } from './index.ts'

const BRANDS = ['acme', 'beta', 'gamma']
const appendedAtMs = START + 10 * WEEK_MS

/** Three brands' records in turn, with changes of the settings between them, one of which no longer watches gamma. */
const made = (seed: number): BusRecord[] => {
  const streams = BRANDS.map((brand, at) => recordsOf(brand, madeMentions(seed + at)))
  const longest = Math.max(...streams.map(({ length }) => length))
  const records = Array.from({ length: longest }, (_, at) => streams.flatMap((stream) => stream.slice(at, at + 1)))
  const defaults = defaultDetectionSettings()
  const settings = (brands: string[], complaintThreshold: number): BusRecord => ({
    v: RECORD_VERSION,
    kind: 'settings',
    digest: `${complaintThreshold}`,
    settings: { ...defaults, brands, complaintThreshold },
  })
  return records.flatMap((some, at) => {
    if (at === Math.floor(longest / 3)) return [settings(['acme', 'beta'], 0.4), ...some]
    if (at === Math.floor(longest / 2)) return [settings(BRANDS, 0.6), ...some]
    return some
  })
}

const newEngine = () => createPartitionEngine({ idKey: 'key' })
const feed = (engine: PartitionEngine, records: readonly BusRecord[], from: number, to: number) =>
  records.slice(from, to).flatMap((record, at) => engine.apply(from + at, appendedAtMs, record))

const snapshotOf = (engine: PartitionEngine, brand: string): BrandSnapshot => {
  for (const steps = engine.snapshot(brand); ;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

it('brands restored as of different moments go on as if nothing had stopped, from the oldest of them', () => {
  const parts = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 4, maxLength: 4 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), parts, (seed, cuts) => {
      const records = made(seed)
      const at = cuts.map((cut) => Math.max(1, Math.round((cut / 1_000) * records.length))).sort((a, b) => a - b)
      const stop = at.pop()!
      const first = newEngine()
      const rows = new Map<string, BrandSnapshot>()
      let read = 0
      const readUntil = (to: number) => {
        feed(first, records, read, to)
        read = Math.max(read, to)
        // As the detector stores them: what is no longer watched goes, what did not change holds.
        for (const [brand, row] of rows) {
          if (!first.brands().includes(brand)) rows.delete(brand)
          else if (!first.unsaved().includes(brand)) rows.set(brand, { ...row, position: read - 1 })
        }
        // New brands are taken at once.
        for (const brand of first.brands()) if (!rows.has(brand)) rows.set(brand, snapshotOf(first, brand))
      }
      at.forEach((to, turn) => {
        for (let step = read + 1; step < to; step += 7) readUntil(step)
        readUntil(to)
        const brand = first.unsaved()[turn % Math.max(1, first.unsaved().length)]
        if (brand !== undefined) rows.set(brand, snapshotOf(first, brand))
      })
      const lastStored = read
      feed(first, records, read, stop)

      const second = newEngine()
      for (const { brand, position, version, body } of rows.values())
        expect(second.restore(brand, position, version, body)).toBe(true)
      const oldest = Math.min(...[...rows.values()].map(({ position }) => position), lastStored)
      feed(second, records, oldest + 1, Math.max(stop, read))
      const rest = Math.max(stop, read)
      expect(feed(second, records, rest, records.length)).toEqual(feed(first, records, rest, records.length))
      expect(second.brands().sort()).toEqual(first.brands().sort())
      for (const brand of first.brands()) expect(snapshotOf(second, brand).body).toEqual(snapshotOf(first, brand).body)
    }),
    { numRuns: 20 },
  )
}, 120_000)
