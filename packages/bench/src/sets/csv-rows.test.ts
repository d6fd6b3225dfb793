import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvRows } from './csv-rows.ts'

it('reads back any cells, quoted as RFC 4180 says', () => {
  const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string())), (cells) => {
      const text = ['a,b', ...cells.map((row) => row.map(quote).join(','))].join('\r\n')
      expect(csvRows(text)).toEqual(cells.map(([a, b]) => ({ a, b })))
    }),
  )
})

it('reads plain cells, empty ones too', () => {
  expect(csvRows('id,issue,burst\n1,late,\n2,,b-1\n')).toEqual([
    { id: '1', issue: 'late', burst: '' },
    { id: '2', issue: '', burst: 'b-1' },
  ])
})
