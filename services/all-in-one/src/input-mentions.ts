import { type LineFault, parseFieldMap, readMentions } from '@outcry/connectors'
import { type Mention, OutcryError } from '@outcry/contracts'
import { escapeControl } from '@outcry/runtime'
import type { Command } from 'commander'
import { openCommandInput } from './command-input.ts'
import type { CommandIo } from './command-io.ts'

const SHOWN_FAULTS = 20
const MOST_BAD_SHARE = 0.05

export type InputOptions = { map: string[]; strict?: boolean }

/** A mention of an input file with the brand its line names. */
export type InputMention = { mention: Mention; brand: string | null }

/** The options every command shares that reads mentions from files. */
export const addInputOptions = (command: Command): Command =>
  command
    .option(
      '--map <field=column>',
      'read a field from another column, e.g. createdAt=ts or author.id=user; repeatable',
      (pair: string, pairs: string[]) => [...pairs, pair],
      [],
    )
    .option('--strict', 'stop at the first bad line')

export const INPUT_HELP = `
INPUT is JSONL or CSV by suffix (.gz and .zst too), or "-" for standard input; one mention a line:
  {"id","brand","source"?,"text","createdAt","author":{"id","handle"?,"followers"?}?,"lang"?,
   "rating":{"value","min","max"}?,"url"?,"repostOf"?,"op"?}
createdAt is ISO 8601 or epoch ms. A bad line is reported and skipped; more than 5 % bad lines fail the command.
An input without a line is no failure: what is written is empty, and standard error says so.`

/**
 * Mentions of files in their order. Bad lines are told on stderr with file, line and field, counted and skipped.
 * With `brandNeeded` a line without one is bad. Throws `INPUT_LINE_BAD` at the first where `strict`, and `INPUT_MOSTLY_BAD` at the end where over 5 % were bad.
 */
export async function* readInputMentions(
  paths: readonly string[],
  options: InputOptions & { needs: 'mention' | 'text'; brandNeeded?: boolean },
  io: CommandIo,
): AsyncGenerator<InputMention> {
  const map = parseFieldMap(options.map)
  let good = 0
  let bad = 0
  for (const path of paths) {
    const input = await openCommandInput(path, io)
    for await (const row of readMentions(input.stream, {
      format: input.format,
      file: input.file,
      map,
      needs: options.needs,
    })) {
      const brandless = options.brandNeeded === true && row.ok && row.brand === null
      if (row.ok && !brandless) {
        good += 1
        yield { mention: row.mention, brand: row.brand }
        continue
      }
      const fault = row.ok ? { ...NO_BRAND, file: input.file, line: row.line } : row.fault
      if (options.strict === true) throw badLine(fault)
      bad += 1
      if (bad <= SHOWN_FAULTS) io.stderr.write(`${escapeControl(faultLine(fault))}\n`)
    }
  }
  if (good + bad === 0) tellEmpty(paths, 'mentions', io)
  if (bad > SHOWN_FAULTS) io.stderr.write(`… and ${bad - SHOWN_FAULTS} more bad lines.\n`)
  if (bad > 0) io.stderr.write(`${bad} of ${good + bad} lines could not be read and were skipped.\n`)
  if (bad > (good + bad) * MOST_BAD_SHARE)
    throw new OutcryError('INPUT_MOSTLY_BAD', `${bad} of ${good + bad} lines could not be read: over 5 %.`, {
      fix: 'Fix the lines named above, or name the columns with --map; nothing was written.',
    })
}

/** An empty day is no fault, but a wrong file looks the same: so it is said. */
export const tellEmpty = (paths: readonly string[], what: string, io: CommandIo): void => {
  const names = paths.map((path) => (path === '-' ? 'standard input' : path)).join(', ')
  io.stderr.write(`${escapeControl(names)}: no ${what} in there; what is written is empty.\n`)
}

type ToldFault = Pick<LineFault, 'file' | 'line' | 'field' | 'message' | 'fix'>

const NO_BRAND = {
  field: 'brand',
  message: 'is missing',
  fix: 'name the brand of such lines with --brand, or give --config with the rules of your brands',
}

const faultLine = ({ file, line, field, message, fix }: ToldFault): string =>
  `${file}:${line}: ${field === '' ? 'the line' : field} ${message}; ${fix}`

const badLine = (fault: ToldFault) =>
  new OutcryError('INPUT_LINE_BAD', faultLine(fault), { fix: 'Without --strict the line is skipped.' })
