import type { AppendRecord } from './bus.ts'
import { RecordRefusedError, type RefusedRecord } from './errors.ts'

const MAX_KEY_BYTES = 2_048

/** Bytes a record counts with against `maxRecordBytes`. */
export const recordBytes = (record: AppendRecord): number => {
  let bytes = record.value.byteLength + (record.key === null ? 0 : Buffer.byteLength(record.key))
  for (const [name, value] of Object.entries(record.headers ?? {})) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value)
  }
  return bytes
}

/** Throws a RecordRefusedError that names every record no driver could store the same way. */
export const refuseUnfit = (topic: string, records: readonly AppendRecord[], maxRecordBytes: number): void => {
  const refused: RefusedRecord[] = []
  for (const [index, record] of records.entries()) {
    const bytes = recordBytes(record)
    if (bytes > maxRecordBytes) {
      refused.push({ index, reason: 'too_large', detail: `${bytes} bytes, at most ${maxRecordBytes}` })
    } else if (record.key !== null && Buffer.byteLength(record.key) > MAX_KEY_BYTES) {
      refused.push({ index, reason: 'bad_key', detail: `a key of more than ${MAX_KEY_BYTES} bytes` })
    }
  }
  if (refused.length > 0) throw new RecordRefusedError(topic, refused)
}
