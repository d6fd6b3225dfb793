import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'

const LENGTH_AT = 8
const ATTRIBUTES_AT = 21
const RECORDS_AT = 61
const FRAME_BYTES = 12
const CODEC = { none: 0, zstd: 4 }

/**
 * All that a broker's disk has of its topics, also in segments that are on their way out: the records of each batch as
 * bytes, expanded. Follows the record batch of https://kafka.apache.org/documentation/#recordbatch.
 */
export const batchesOnDisk = async (dataFolder: string, topicPrefix: string): Promise<Buffer[]> => {
  const names = (await readdir(dataFolder, { recursive: true })).filter(
    (name) => name.startsWith(topicPrefix) && /\.log(\.|$)/.test(name),
  )
  // Between listing and reading a segment may go.
  const files = await Promise.all(names.map((name) => readFile(join(dataFolder, name)).catch(() => Buffer.alloc(0))))
  return files.flatMap(batchesOf)
}

const batchesOf = (file: Buffer): Buffer[] => {
  const batches: Buffer[] = []
  for (let at = 0; at + RECORDS_AT <= file.length;) {
    const end = at + FRAME_BYTES + file.readInt32BE(at + LENGTH_AT)
    if (end > file.length) break
    batches.push(expanded(file.readInt16BE(at + ATTRIBUTES_AT) & 7, file.subarray(at + RECORDS_AT, end)))
    at = end
  }
  return batches
}

const expanded = (codec: number, records: Buffer): Buffer => {
  if (codec === CODEC.none) return records
  if (codec === CODEC.zstd) return zstdDecompressSync(records)
  throw new Error(`a batch is packed with codec ${codec}`)
}
