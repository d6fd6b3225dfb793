import { isUtf8 } from 'node:buffer'
import { OutcryError, type Mention } from '@outcry/contracts'
import type { RejectReason } from '../connector.ts'
import { createCsvReader, guessDelimiter, type CsvRecord } from './csv-records.ts'
import type { FieldMap } from './field-map.ts'
import { createLineSplitter, type Line } from './line-splitter.ts'
import { parseJsonLine } from './parse-json-line.ts'
import { rowToMention, type RowDefaults, type RowOptions } from './row-to-mention.ts'

/** Longest line read, bytes; a mention's text is cut at 10,000 characters anyway. */
const MAX_LINE_BYTES = 1_048_576

/** One fault of one line. `field` is "" where the whole line is at fault. */
export type LineFault = {
  file: string
  line: number
  field: string
  message: string
  fix: string
  reason: RejectReason
  bytes: Uint8Array
}

/** `nextOffset`: byte from which reading can go on after this row. `line`: where the row starts, from 1. */
export type InputRow =
  | { ok: true; mention: Mention; brand: string | null; line: number; nextOffset: number }
  | { ok: false; fault: LineFault; line: number; nextOffset: number }

export type ReadOptions = {
  format: 'jsonl' | 'csv'
  file: string
  map?: FieldMap
  /** `source` of rows without one is "file" where absent. */
  defaults?: Partial<RowDefaults>
  /** `text` for cluster and classify, which need only `id` and `text`. */
  needs?: 'mention' | 'text'
  /** Epoch ms written into `observedAt`; the mention's own time where absent, so that output can be repeated. */
  observedAt?: number
  hashAuthor?: (id: string) => string
  maxLineBytes?: number
  /** Where `stream` starts in the file, after an earlier row's `nextOffset`. JSON lines only. */
  start?: { line: number; offset: number }
  /** Leave a last line without an end unread: it is still being written. */
  leaveOpenLine?: boolean
}

type Reader = { push(line: Line): InputRow[]; end(): InputRow[] }

/**
 * Turns bytes into mentions and faults, in order, in memory bounded by `maxLineBytes`. A fault never ends the reading.
 * Empty lines, a byte order mark and "\r\n" are no faults. `push` throws `INPUT_INVALID` where a CSV header lacks a
 * needed column.
 */
export const createMentionReader = (options: ReadOptions) => {
  const { maxLineBytes = MAX_LINE_BYTES, start = { line: 0, offset: 0 } } = options
  const splitter = createLineSplitter(maxLineBytes, start.line, start.offset)
  const rowOptions: RowOptions = {
    map: options.map ?? new Map(),
    defaults: { source: 'file', ...options.defaults },
    needs: options.needs ?? 'mention',
    observedAt: options.observedAt ?? 0,
    hashAuthor: options.hashAuthor ?? ((id) => id),
  }
  const reader = options.format === 'csv' ? csvReader(options, rowOptions) : jsonReader(options, rowOptions)
  const finished = (row: InputRow): InputRow => {
    if (row.ok && options.observedAt === undefined) row.mention.observedAt = row.mention.eventTime
    return row
  }
  return {
    push: (chunk: Uint8Array): InputRow[] =>
      splitter
        .push(chunk)
        .flatMap((line) => reader.push(line))
        .map(finished),
    end: (): InputRow[] => {
      const last = options.leaveOpenLine ? [] : splitter.end().flatMap((line) => reader.push(line))
      return [...last, ...reader.end()].map(finished)
    },
  }
}

const jsonReader = (input: ReadOptions, options: RowOptions): Reader => ({
  push: ({ bytes, line, nextOffset, complete }) => {
    const refuse = (reason: RejectReason, field: string, message: string, fix: string): InputRow[] => {
      const fault = { file: input.file, line, field, message, fix, reason, bytes: bytes ?? new Uint8Array() }
      return [{ ok: false, line, nextOffset, fault }]
    }
    if (bytes === null) return refuse('too_long', '', tooLong(input).message, tooLong(input).fix)
    if (!isUtf8(bytes)) return refuse('not_utf8', '', NOT_UTF8.message, NOT_UTF8.fix)
    const text = bytes.toString('utf8').trim()
    if (text === '') return []
    const parsed = parseJsonLine(text, complete)
    if (!parsed.ok) return refuse('not_json', '', parsed.message, parsed.fix)
    const row = rowToMention(parsed.value, options)
    if (!row.ok) return refuse('invalid_field', row.fault.field, row.fault.message, row.fault.fix)
    return [{ ...row, line, nextOffset }]
  },
  end: () => [],
})

const csvReader = (input: ReadOptions, options: RowOptions): Reader => {
  const { file, maxLineBytes = MAX_LINE_BYTES } = input
  let csv: ReturnType<typeof createCsvReader> | null = null
  let columns: string[] | null = null

  const toRow = (record: CsvRecord): InputRow[] => {
    const { line, nextOffset } = record
    const refuse = (
      reason: RejectReason,
      field: string,
      message: string,
      fix: string,
      bytes: Uint8Array,
    ): InputRow[] => [{ ok: false, line, nextOffset, fault: { file, line, field, message, fix, reason, bytes } }]
    if (!record.ok) {
      const { message, fix } =
        record.reason === 'too_long' ? tooLong(input) : record.reason === 'not_utf8' ? NOT_UTF8 : OPEN_QUOTE
      return refuse(record.reason === 'open_quote' ? 'not_csv' : record.reason, '', message, fix, record.bytes)
    }
    const names = columns
    if (names === null) {
      columns = record.fields.map((name) => name.trim())
      checkColumns(columns, options, file)
      return []
    }
    const bytes = () => Buffer.from(record.fields.join(','))
    if (record.fields.length !== names.length)
      return refuse(
        'not_csv',
        '',
        `has ${record.fields.length} columns, the header ${names.length}`,
        'put texts with commas in double quotes',
        bytes(),
      )
    const row = rowToMention(Object.fromEntries(names.map((name, at) => [name, record.fields[at]])), options)
    if (!row.ok) return refuse('invalid_field', row.fault.field, row.fault.message, row.fault.fix, bytes())
    return [{ ...row, line, nextOffset }]
  }

  return {
    push: (line) => {
      csv ??= createCsvReader(guessDelimiter(line.bytes?.toString('utf8') ?? ''), maxLineBytes, isUtf8)
      return csv.push(line).flatMap(toRow)
    },
    end: () => csv?.end().flatMap(toRow) ?? [],
  }
}

const checkColumns = (columns: readonly string[], { map, needs }: RowOptions, file: string): void => {
  const needed = needs === 'text' ? (['id', 'text'] as const) : (['id', 'text', 'createdAt'] as const)
  const faults = [...new Set([...needed, ...map.keys()])]
    .filter((field) => !columns.includes(map.get(field) ?? field))
    .map((field) => ({
      path: field,
      message: `column "${map.get(field) ?? field}" is not in the header`,
      fix: `name its column with --map ${field}=COLUMN; the columns are ${columns.join(', ')}`,
    }))
  if (faults.length > 0)
    throw new OutcryError('INPUT_INVALID', `${file}:1: ${faults[0]!.message}`, {
      faults,
      fix: faults[0]!.fix,
      exitCode: 2,
    })
}

const tooLong = ({ maxLineBytes = MAX_LINE_BYTES }: ReadOptions) => ({
  message: `is longer than ${maxLineBytes} bytes`,
  fix: 'one mention a line; texts over 10,000 characters are cut anyway',
})
const NOT_UTF8 = { message: 'is not UTF-8', fix: 'convert the file, for example with iconv -t UTF-8' }
const OPEN_QUOTE = { message: 'opens a quote that never closes', fix: 'double the quotes inside quoted fields' }
