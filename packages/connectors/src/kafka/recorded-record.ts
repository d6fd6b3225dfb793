import { createGuard } from '@outcry/contracts'
import { Type } from 'typebox'
import type { TopicRecord } from './read-record.ts'

const Place = {
  topic: Type.String({ minLength: 1, maxLength: 249 }),
  partition: Type.Integer({ minimum: 0 }),
  offset: Type.Integer({ minimum: 0 }),
  key: Type.Optional(Type.Unknown()),
}
/** As `kcat -J` writes a record. */
const isKcatRecord = createGuard(
  Type.Object({ ...Place, ts: Type.Optional(Type.Number()), payload: Type.Union([Type.String(), Type.Null()]) }),
)
/** As the Confluent REST proxy writes a record. */
const isProxyRecord = createGuard(Type.Object({ ...Place, value: Type.Unknown() }))

/** A record out of a file: with its place where the tool that wrote it kept that, else only its value. */
export const recordedRecord = (written: unknown, topic: string, offset: number): TopicRecord => {
  if (isKcatRecord(written)) {
    const { ts = 0, payload, key } = written
    return { ...placeOf(written), key: bytesOf(key), value: bytesOf(payload), timestamp: Math.max(0, ts) }
  }
  if (isProxyRecord(written))
    return { ...placeOf(written), key: bytesOf(written.key), value: bytesOf(written.value), timestamp: 0 }
  return { topic, partition: 0, offset, key: null, value: Buffer.from(JSON.stringify(written)), timestamp: 0 }
}

const placeOf = ({ topic, partition, offset }: { topic: string; partition: number; offset: number }) => ({
  topic,
  partition,
  offset,
})

const bytesOf = (written: unknown): Uint8Array | null => {
  if (written === null || written === undefined) return null
  return Buffer.from(typeof written === 'string' ? written : JSON.stringify(written))
}
