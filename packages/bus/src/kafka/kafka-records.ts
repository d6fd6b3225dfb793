import type { KafkaMessage } from 'kafkajs'
import type { StoredRecord } from '../bus.ts'
import { readKey } from './kafka-key.ts'

/** Bytes of one fetch, and of one call of the handler. */
export const MAX_BATCH_BYTES = 4_194_304

/** Messages in pieces that are bounded by count and by bytes. */
export const chunksOf = (messages: KafkaMessage[], maxRecords: number): KafkaMessage[][] => {
  const chunks: KafkaMessage[][] = []
  let bytes = 0
  for (const message of messages) {
    const size = message.value?.byteLength ?? 0
    const last = chunks.at(-1)
    if (last && last.length < maxRecords && bytes + size <= MAX_BATCH_BYTES) {
      last.push(message)
      bytes += size
    } else {
      chunks.push([message])
      bytes = size
    }
  }
  return chunks
}

export const toRecord = (topic: string, partition: number, message: KafkaMessage): StoredRecord => ({
  topic,
  partition,
  position: Number(message.offset),
  key: readKey(message.key),
  value: message.value ?? new Uint8Array(),
  // kafkajs takes a header called `toString` for a repeated one and puts the inherited function before the value.
  headers: Object.fromEntries(
    Object.entries(message.headers ?? {}).map(([name, value]) => [
      name,
      String(Array.isArray(value) ? value.at(-1) : value),
    ]),
  ),
  appendedAt: Number(message.timestamp),
})
