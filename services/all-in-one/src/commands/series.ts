import { buffer } from 'node:stream/consumers'
import { OutcryError } from '@outcry/contracts'
import { createSeriesScorer } from '@outcry/engine'
import { readTime } from '@outcry/replay'
import { openCommandInput } from '../command-input.ts'
import type { DefineCommand } from '../define-command.ts'
import { tellEmpty } from '../input-mentions.ts'
import { openOutput, withOutputs } from '../output-file.ts'

const MOST_BAD_SHARE = 0.05
const SHOWN_FAULTS = 20

export const defineSeries: DefineCommand = (command, io) => {
  command
    .argument('<file>', 'CSV with the columns timestamp and value, in order of time; "-" for standard input')
    .requiredOption('--out <file>', 'where timestamp,value,anomaly_score,alert goes; "-" for standard output')
    .option('--strict', 'stop at the first bad row')
    .addHelpText('after', SERIES_HELP)
    .action(async (file: string, options: { out: string; strict?: boolean }) => {
      const input = await openCommandInput(file, io, 'csv')
      const lines = new TextDecoder().decode(await buffer(input.stream)).split(/\r?\n/)
      const { rows, faults } = readCounts(lines, input.file)
      if (options.strict === true && faults.length > 0)
        throw new OutcryError('INPUT_LINE_BAD', faults[0]!, { fix: 'Without --strict the row is skipped.' })
      for (const fault of faults.slice(0, SHOWN_FAULTS)) io.stderr.write(`${fault}\n`)
      if (faults.length > (rows.length + faults.length) * MOST_BAD_SHARE)
        throw new OutcryError(
          'INPUT_MOSTLY_BAD',
          `${faults.length} of ${rows.length + faults.length} rows could not be read: over 5 %.`,
          {
            fix: 'Fix the rows named above; nothing was written.',
          },
        )
      if (rows.length + faults.length === 0) tellEmpty([file], 'rows', io)
      const scorer = createSeriesScorer()
      const output = await openOutput(options.out, io)
      await withOutputs([output], async () => {
        await output.write('timestamp,value,anomaly_score,alert\n')
        for (const { timestamp, atMs, value } of rows) {
          const { anomalyScore, alert } = scorer.next(atMs, value)
          await output.write(`${timestamp},${value},${Number(anomalyScore.toFixed(6))},${alert}\n`)
        }
      })
    })
}

const SERIES_HELP = `
timestamp is ISO 8601 or epoch ms; value is how many mentions came since the row before. anomaly_score is 0 to 1: how
unlike its past a row is. alert is true from a score of 0.5 on, at most once a day, and never in the first 16 hours. No row
depends on a later one. A file without a row is no failure: what is written is empty, and standard error says so.`

type Row = { timestamp: string; atMs: number; value: number }

/** Rows in order of time; what cannot be read or steps back in time is a fault with its line. */
const readCounts = (lines: readonly string[], file: string): { rows: Row[]; faults: string[] } => {
  if (lines.every((line) => line.trim() === '')) return { rows: [], faults: [] }
  const columns = (lines[0] ?? '')
    .replace(/^\uFEFF/, '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
  const timeColumn = columns.indexOf('timestamp')
  const valueColumn = columns.indexOf('value')
  if (timeColumn < 0 || valueColumn < 0)
    throw new OutcryError('INPUT_INVALID', `${file}:1: the header lacks timestamp or value.`, {
      fix: 'Give a CSV whose first line is timestamp,value.',
      exitCode: 2,
    })
  const rows: Row[] = []
  const faults: string[] = []
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue
    const cells = line.split(',')
    const timestamp = cells[timeColumn]?.trim() ?? ''
    const atMs = readTime(timestamp)
    const value = Number(cells[valueColumn]?.trim() || Number.NaN)
    const refuse = (field: string, what: string) => faults.push(`${file}:${index + 1}: ${field} ${what}`)
    if (!Number.isFinite(atMs)) refuse('timestamp', 'is no time; write ISO 8601 or epoch milliseconds')
    else if (atMs < (rows.at(-1)?.atMs ?? -Infinity)) refuse('timestamp', 'is before the row above; sort the file')
    else if (!(value >= 0)) refuse('value', 'is no count; write a number from 0 on')
    else rows.push({ timestamp, atMs, value })
  }
  return { rows, faults }
}
