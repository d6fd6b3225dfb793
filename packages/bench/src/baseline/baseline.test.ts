import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { higher, lower } from '../sets/figure.ts'
import { fallsOf, readBaseline, writeBaseline } from './baseline.ts'

const folder = mkdtempSync(join(tmpdir(), 'outcry-baseline-'))
const path = join(folder, 'baseline.json')
afterEach(() => rmSync(path, { force: true }))

describe('fallsOf', () => {
  const before = { set: { F1: 0.8, minutes: 15, clusters: 90 } }

  it('names what got worse by more than its margin, whichever way is better', () => {
    const figures = [higher('F1', 0.7, 0.03), lower('minutes', 19, 3), lower('clusters', 500, null)]
    expect(fallsOf('set', figures, before, {})).toEqual([
      { set: 'set', key: 'F1', was: 0.8, now: 0.7, margin: 0.03 },
      { set: 'set', key: 'minutes', was: 15, now: 19, margin: 3 },
    ])
  })

  it('takes what moved within the margin, or to the better, as no fall', () => {
    expect(fallsOf('set', [higher('F1', 0.775, 0.03), lower('minutes', 2, 3)], before, {})).toEqual([])
  })

  it('takes a figure that vanished as a fall, and a new one as none', () => {
    expect(fallsOf('set', [lower('minutes', null, 3), higher('purity', 0.1, 0.02)], before, {})).toHaveLength(1)
  })

  it('lets a figure fall as far as other draws of the set would move it, but not further', () => {
    const spread = { set: { F1: 0.05 } }
    expect(fallsOf('set', [higher('F1', 0.76, 0.01)], before, spread)).toEqual([])
    expect(fallsOf('set', [higher('F1', 0.74, 0.01)], before, spread)).toHaveLength(1)
  })
})

describe('writeBaseline', () => {
  it('keeps what it wrote, so that the same figures never fall', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), (value) => {
        const figures = [higher('up', value, 0), lower('down', value, 0)]
        writeBaseline(path, {}, new Map([['set', figures]]))
        expect(fallsOf('set', figures, readBaseline(path), {})).toEqual([])
      }),
    )
  })

  it('leaves sets that did not run as they were', () => {
    writeBaseline(path, { old: { F1: 0.5 } }, new Map([['new', [higher('F1', 0.123456, 0)]]]))
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ old: { F1: 0.5 }, new: { F1: 0.1235 } })
  })
})
