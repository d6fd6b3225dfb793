import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { readMentions } from '@outcry/connectors'
import type { Mention } from '@outcry/contracts'
import type { BrandMention } from '@outcry/replay'
import { csvRows } from './csv-rows.ts'

export const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8')) as unknown

export const readCsv = async (path: string): Promise<Record<string, string>[]> => csvRows(await readFile(path, 'utf8'))

/** Mentions of JSON lines, each with the brand it names. Throws at a line that cannot be read. */
export async function* brandMentions(lines: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<BrandMention> {
  for await (const row of readMentions(lines, { format: 'jsonl', file })) {
    if (!row.ok) throw new Error(`${file}:${row.line}: ${row.fault.field} ${row.fault.message}`)
    if (row.brand === null) throw new Error(`${file}:${row.line}: names no brand`)
    yield { brand: row.brand, mention: row.mention }
  }
}

export const streamFile = (path: string): AsyncGenerator<BrandMention> => brandMentions(createReadStream(path), path)

/** Texts of JSON lines with `id` and `text`. */
export async function* textFile(path: string): AsyncGenerator<Mention> {
  for await (const row of readMentions(createReadStream(path), { format: 'jsonl', file: path, needs: 'text' })) {
    if (!row.ok) throw new Error(`${path}:${row.line}: ${row.fault.field} ${row.fault.message}`)
    yield row.mention
  }
}
