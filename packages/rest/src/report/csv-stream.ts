import { pipeline, Readable } from 'node:stream'
import { plainText } from '@outcry/contracts'
import { stringify } from 'csv-stringify'

/** A value of a cell; texts are from the world. */
export type Cell = string | number | boolean | null

/**
 * Rows as CSV (RFC 4180), begun with the mark by which Excel knows UTF-8. No cell is a formula: a text that begins as one
 * gets an apostrophe before it, and no text holds what is not seen.
 */
export const csvStream = <Row>(
  rows: AsyncIterable<Row>,
  columns: Readonly<Record<string, (row: Row) => Cell>>,
): Readable => {
  const cells = async function* () {
    for await (const row of rows)
      yield Object.values(columns).map((cellOf) => {
        const value = cellOf(row)
        return typeof value === 'string' ? plainText(value) : value
      })
  }
  const csv = stringify({
    header: true,
    columns: Object.keys(columns),
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
    cast: { boolean: (value) => (value ? 'yes' : 'no') },
  })
  // A reader that goes away ends the reading of rows, too; what breaks off ends the answer.
  pipeline(Readable.from(cells()), csv, () => undefined)
  return csv
}
