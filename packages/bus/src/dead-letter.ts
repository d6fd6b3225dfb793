import { randomUUID } from 'node:crypto'
import { RECORD_VERSION, type DeadLetter } from '@outcry/contracts'
import type { AppendRecord, Bus } from './bus.ts'
import { DEAD_LETTERS_TOPIC } from './topics.ts'

const MAX_KEPT_BYTES = 262_144
const MAX_DETAIL_CHARS = 2_000

/** What could not be used: where it came from, why, and its bytes. */
export type RejectedRecord = Pick<
  DeadLetter,
  'stage' | 'reason' | 'detail' | 'topic' | 'partition' | 'position' | 'source'
> & {
  bytes: Uint8Array
}

/** The dead letter of a rejected record; its bytes are cut at 256 KiB. */
export const deadLetterOf = ({ bytes, detail, ...rest }: RejectedRecord, atMs: number): DeadLetter => ({
  v: RECORD_VERSION,
  ...rest,
  detail: detail.slice(0, MAX_DETAIL_CHARS),
  bytes: Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, MAX_KEPT_BYTES)).toString('base64'),
  truncated: bytes.byteLength > MAX_KEPT_BYTES,
  at: atMs,
})

/**
 * Appends rejected records to the dead-letter topic; resolves when they are durable. The key is the record's place where
 * it has one, so a record that is read again after a crash is recognised as the same letter; else one of its own. What
 * comes again under it takes the place of the letter (`eraseDeadLetters`).
 */
export const appendDeadLetters = async (
  bus: Pick<Bus, 'append'>,
  rejected: RejectedRecord[],
  atMs: number,
): Promise<void> => {
  const records = rejected.map((record): AppendRecord => ({
    partition: 0,
    key: record.position === undefined ? randomUUID() : `${record.topic}/${record.partition}/${record.position}`,
    value: letterBytes(deadLetterOf(record, atMs)),
  }))
  if (records.length > 0) await bus.append(DEAD_LETTERS_TOPIC, records)
}

const TIDYING = 'tidying'

/** Lets the dead letters grow where nobody writes any: a log is only tidied behind what it grew by. */
export const appendTidying = async (bus: Pick<Bus, 'append'>, atMs: number): Promise<void> => {
  const detail = 'Nothing was refused: what comes after a letter lets the log forget it.'
  const letter = deadLetterOf({ stage: 'bus', reason: TIDYING, detail, bytes: new Uint8Array() }, atMs)
  await bus.append(DEAD_LETTERS_TOPIC, [{ partition: 0, key: TIDYING, value: letterBytes(letter) }])
}

export const letterBytes = (letter: DeadLetter): Uint8Array => new TextEncoder().encode(JSON.stringify(letter))
