import { convertIndexedToRgb, decode } from 'fast-png'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHART_SIZE, chartImage } from './chart-image.ts'

const AT = Date.UTC(2026, 10, 2, 9)
const series = Array.from({ length: 36 }, (_, n) => ({
  at: AT + n * 600_000,
  people: n > 24 ? 40 - n : 0,
  expected: 0.5,
}))
const chart = { brand: 'acme', label: 'checkout hangs after paying', series }

const COLORS = { paper: '255,255,255', ink: '31,41,55', grey: '107,114,128', bar: '59,130,196', line: '194,65,12' }

const pixelsOf = (png: Uint8Array) => {
  const image = decode(png, { checkCrc: true })
  expect(image).toMatchObject(CHART_SIZE)
  const data = convertIndexedToRgb(image)
  const counts = new Map<string, number>()
  for (let n = 0; n < data.length; n += 3) {
    const color = data.subarray(n, n + 3).join()
    counts.set(color, (counts.get(color) ?? 0) + 1)
  }
  return counts
}

/** Names of the parts of a PNG file. */
const partsOf = (png: Uint8Array): string[] => {
  const bytes = Buffer.from(png)
  const names: string[] = []
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at))
    names.push(bytes.toString('latin1', at + 4, at + 8))
  return names
}

describe('the chart of an issue', () => {
  it('is a small PNG of the size it says, with bars, a line and words', () => {
    const png = chartImage(chart)
    expect(png.length).toBeLessThan(20_000)
    const counts = pixelsOf(png)
    for (const color of Object.values(COLORS)) expect(counts.get(color)).toBeGreaterThan(100)
  })

  it('has bars as high as there are people, and a line as high as was expected', () => {
    const bars = (people: number) =>
      pixelsOf(chartImage({ ...chart, series: [{ at: AT, people, expected: 100 }] })).get(COLORS.bar) ?? 0
    expect(bars(0)).toBe(0)
    expect(bars(50) / bars(25)).toBeCloseTo(2, 0)
    const low = chartImage({ ...chart, series: [{ at: AT, people: 10, expected: 0 }] })
    const high = chartImage({ ...chart, series: [{ at: AT, people: 10, expected: 9 }] })
    expect(Buffer.compare(low, high)).not.toBe(0)
  })

  it('is drawn of any label and numbers: nothing but pixels of its own colours comes of them', () => {
    const step = fc.record({
      at: fc.integer({ min: 0, max: AT }),
      people: fc.nat(1e9),
      expected: fc.double({ min: 0, max: 1e9, noNaN: true }),
    })
    const known = new Set(Object.values(COLORS))
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.array(step, { maxLength: 36 }), (label, steps) => {
        const png = chartImage({ brand: label, label, series: steps })
        expect([...new Set(partsOf(png))]).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND'])
        for (const color of pixelsOf(png).keys()) expect(known).toContain(color)
      }),
      { numRuns: 30 },
    )
  })

  it('shows markup as it stands, no handle, and no label that its font lacks', () => {
    const image = (label: string) => Buffer.from(chartImage({ ...chart, label })).toString('base64')
    expect(image('<svg onload=alert(1)>')).not.toBe(image('svg'))
    expect(image('refund says @jane.doe')).toBe(image('refund says @john_roe'))
    expect(image('mail jane@doe.example now')).toBe(image('mail john@roe.example now'))
    expect(image('Zahlung schlägt fehl – “später”')).toBe(image('Zahlung schlagt fehl - "spater"'))
    expect(image('支払いができない')).toBe(image('🔥🔥🔥'))
    expect(image('x'.repeat(5_000)).length).toBeLessThan(20_000)
  })
})
