import type { Line } from './line-splitter.ts'

/** Most physical lines one record may span; a quote left open any longer is a fault of its first line. */
const MAX_RECORD_LINES = 500

export type CsvRecord =
  | { ok: true; fields: string[]; line: number; nextOffset: number }
  | { ok: false; reason: 'too_long' | 'not_utf8' | 'open_quote'; bytes: Buffer; line: number; nextOffset: number }

/**
 * RFC 4180 records from lines, with recovery: a quote that never closes costs its own line, not the rest of the file
 * (csv-parse 7 loses everything after it, and after an oversized record). Quotes inside unquoted fields are text.
 */
export const createCsvReader = (delimiter: string, maxRecordBytes: number, isUtf8: (bytes: Buffer) => boolean) => {
  let open: { lines: Line[]; text: string } | null = null

  const take = (line: Line): CsvRecord[] => {
    if (line.bytes === null) return [...abandon(), fault('too_long', line)]
    if (!isUtf8(line.bytes)) return [...abandon(), fault('not_utf8', line)]
    const text = line.bytes.toString('utf8')
    if (open === null) {
      if (text.trim() === '') return []
      const fields = splitRecord(text, delimiter)
      if (fields !== null) return [{ ok: true, fields, line: line.line, nextOffset: line.nextOffset }]
      open = { lines: [line], text }
      return []
    }
    open.lines.push(line)
    open.text += `\n${text}`
    // Only a line with a quote can close the record: the others need no look.
    const fields = text.includes('"') ? splitRecord(open.text, delimiter) : null
    if (fields !== null) {
      const first = open.lines[0]!
      open = null
      return [{ ok: true, fields, line: first.line, nextOffset: line.nextOffset }]
    }
    return open.lines.length >= MAX_RECORD_LINES || open.text.length > maxRecordBytes ? abandon() : []
  }

  /** The open record's first line is at fault; the lines after it are read again on their own. */
  const abandon = (): CsvRecord[] => {
    const records: CsvRecord[] = []
    while (open !== null) {
      const [first, ...rest]: Line[] = open.lines
      open = null
      records.push(fault('open_quote', first!))
      for (const line of rest) records.push(...take(line))
    }
    return records
  }

  return { push: take, end: abandon }
}

const fault = (reason: 'too_long' | 'not_utf8' | 'open_quote', line: Line): CsvRecord => ({
  ok: false,
  reason,
  bytes: line.bytes ?? Buffer.alloc(0),
  line: line.line,
  nextOffset: line.nextOffset,
})

/** The fields, or null when a quoted field is still open at the end. */
const splitRecord = (text: string, delimiter: string): string[] | null => {
  const fields: string[] = []
  let at = 0
  for (;;) {
    if (text[at] === '"') {
      let field = ''
      let from = at + 1
      for (;;) {
        const quote = text.indexOf('"', from)
        if (quote === -1) return null
        field += text.slice(from, quote)
        from = quote + 1
        if (text[from] !== '"') break
        field += '"'
        from += 1
      }
      const end = nextDelimiter(text, delimiter, from)
      fields.push(field + text.slice(from, end))
      at = end
    } else {
      const end = nextDelimiter(text, delimiter, at)
      fields.push(text.slice(at, end))
      at = end
    }
    if (at >= text.length) return fields
    at += 1
  }
}

const nextDelimiter = (text: string, delimiter: string, from: number): number => {
  const at = text.indexOf(delimiter, from)
  return at === -1 ? text.length : at
}

/** The delimiter a header line uses most: comma, semicolon or tab. */
export const guessDelimiter = (header: string): string =>
  [',', ';', '\t'].reduce((best, candidate) =>
    header.split(candidate).length > header.split(best).length ? candidate : best,
  )
