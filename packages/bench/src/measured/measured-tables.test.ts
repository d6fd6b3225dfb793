import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fillPlaces } from './fill-places.ts'
import { measuredTables } from './measured-tables.ts'

const root = resolve(import.meta.dirname, '../../../..')

describe('measured documents', () => {
  it('say what the baseline says, with its noise and the peer', () => {
    const set = 'injected, given seeds 1 2 3'
    const tables = measuredTables({ [set]: { F1: 0.7632, 'diffuse fooled of 6': 1 } }, { [set]: { F1: 0.05 } })
    expect(tables['bursts']).toContain('| F1 | 0.763 ± 0.050 | 0.600 |')
    expect(tables['bursts']).toContain('| diffuse fooled | 1 of 6 | 5 of 6 |')
  })

  it('name source and licence of every set', () => {
    expect(measuredTables({}, {})['sets']).toContain(
      '| airline | kolaveridi/kaggle-Twitter-US-Airline-Sentiment- @ 3917cf4',
    )
  })

  it('fill every place of the documents, and nothing around them', () => {
    const tables = measuredTables({}, {})
    const marked = new Set(Object.keys(tables))
    for (const name of ['README.md', 'docs/MEASURED.md']) {
      const text = readFileSync(resolve(root, name), 'utf8')
      for (const [, place] of text.matchAll(/<!-- measured: (\S+) -->/g)) marked.delete(place!)
      const around = (whole: string) =>
        whole.replaceAll(/(<!-- measured: \S+ -->)[\s\S]*?(<!-- \/measured -->)/g, '$1$2')
      expect(around(fillPlaces(text, tables))).toBe(around(text))
    }
    expect([...marked]).toEqual([])
  })

  it('refuse a place that no table is for', () => {
    expect(() => fillPlaces('<!-- measured: nothing -->\n<!-- /measured -->', {})).toThrow('no table is called nothing')
  })
})
