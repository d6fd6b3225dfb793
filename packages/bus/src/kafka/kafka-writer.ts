import kafkajs, { type Message, type Producer } from 'kafkajs'
import { createKafkaClient, type KafkaConnection } from '@outcry/kafka'
import type { Logger } from '@outcry/runtime'
import type { Place } from '../append-queue.ts'
import type { AppendRecord } from '../bus.ts'
import { recordBytes } from '../record-rules.ts'
import { keyOfNone } from './kafka-key.ts'
import { kafkaUnreachable } from './kafka-client.ts'

/** kafkajs sends the records of a partition as one batch, which the broker refuses beyond the topic's bound. */
const MAX_BATCH_BYTES = 900_000
const MIN_COMPRESSED_BYTES = 1_024

/** Producers with fresh metadata that a round is given for the partitions no broker answered for. */
const MAX_SENDS = 4

/**
 * Writes records of one topic, one request at a time, with an idempotent producer; without `idempotent` a broker that
 * froze and woke up stores what was sent again. A producer whose request failed is thrown away: kafkajs would give the
 * next request the sequence numbers of the failed one, and a broker that had stored that would acknowledge the new
 * records as duplicates without storing them.
 *
 * kafkajs resolves though it has sent nothing for a partition that its metadata does not know yet, or whose leader moved
 * between two tries. Only a partition with an answer is written.
 *
 * No transactions: kafkajs takes a tenth of a second for each, and what must happen once is fenced in the database anyway,
 * where effects and positions are stored together.
 *
 * One producer a topic: kafkajs asks for the metadata of all topics of a producer at once, and one that was deleted
 * fails the sends to all others (tulios/kafkajs#1622).
 */
export const createKafkaWriter = (connection: KafkaConnection, topic: string, logger: Logger) => {
  let connected: Promise<Producer> | null = null

  const connect = async () => {
    const producer = createKafkaClient(connection, logger, 'patient').producer({
      idempotent: true,
      allowAutoTopicCreation: false,
      metadataMaxAge: 30_000,
      // The caller chose the partition; without one kafkajs warns of its changed default at every start.
      createPartitioner: () => (args) => args.message.partition ?? 0,
    })
    await producer.connect()
    return producer
  }
  const drop = async () => {
    const old = connected
    connected = null
    await old?.then((producer) => producer.disconnect()).catch(() => undefined)
  }

  /** The first position of each partition that took its records. */
  const send = async (records: AppendRecord[]): Promise<Map<number, number>> => {
    const producer = await (connected ??= connect())
    const bytes = records.reduce((sum, { value }) => sum + value.byteLength, 0)
    const answers = await producer.send({
      topic,
      acks: -1,
      compression: bytes < MIN_COMPRESSED_BYTES ? kafkajs.CompressionTypes.None : kafkajs.CompressionTypes.ZSTD,
      messages: records.map(toMessage),
    })
    return new Map(answers.map((answer) => [answer.partition, Number(answer.baseOffset)]))
  }

  const writeRound = async (records: AppendRecord[]): Promise<Map<number, number>> => {
    const first = await send(records)
    for (let sends = 1; sends < MAX_SENDS; sends += 1) {
      const unanswered = records.filter(({ partition }) => !first.has(partition))
      if (unanswered.length === 0) return first
      logger.info({ topic, records: unanswered.length }, 'Partitions that the producer did not know, asking anew')
      await drop()
      for (const [partition, position] of await send(unanswered)) first.set(partition, position)
    }
    if (records.every(({ partition }) => first.has(partition))) return first
    throw new Error(`no broker answers for some partitions of ${topic}`)
  }

  return {
    write: async (records: AppendRecord[]): Promise<Place[]> => {
      const places: Place[] = Array.from({ length: records.length })
      try {
        for (const round of roundsOf(records)) {
          const next = await writeRound(round.map((index) => records[index]!))
          for (const index of round) {
            const { partition } = records[index]!
            const position = next.get(partition)!
            next.set(partition, position + 1)
            places[index] = { partition, position }
          }
        }
      } catch (error) {
        await drop()
        throw kafkaUnreachable(connection, error)
      }
      return places
    },
    close: drop,
  }
}

const toMessage = ({ partition, key, value, headers }: AppendRecord): Message => ({
  partition,
  key: key ?? keyOfNone(),
  value: Buffer.from(value.buffer, value.byteOffset, value.byteLength),
  ...(headers === undefined ? {} : { headers }),
})

/** Indexes of records, split so that no partition has more bytes in one round than a batch may have. */
const roundsOf = (records: AppendRecord[]): number[][] => {
  const rounds: number[][] = []
  const at = new Map<number, { round: number; bytes: number }>()
  for (const [index, record] of records.entries()) {
    const bytes = recordBytes(record)
    const last = at.get(record.partition) ?? { round: 0, bytes: 0 }
    const fits = last.bytes === 0 || last.bytes + bytes <= MAX_BATCH_BYTES
    const place = fits ? { round: last.round, bytes: last.bytes + bytes } : { round: last.round + 1, bytes }
    at.set(record.partition, place)
    const round = (rounds[place.round] ??= [])
    round.push(index)
  }
  return rounds
}
