import { randomUUID } from 'node:crypto'
import { silentLogger, systemClock } from '@outcry/runtime'
import { createTestDatabase, sharedKafka } from '@outcry/testkit'
import type { AppendRecord, Bus } from '../src/bus.ts'
import { createKafkaBus } from '../src/kafka/kafka-bus.ts'
import { createPostgresBus } from '../src/postgres/postgres-bus.ts'

// How many records a second a bus takes and gives: `node packages/bus/test/bus-rates.bench.ts postgres|kafka [records]`.
const [driver = 'postgres', records = '100000'] = process.argv.slice(2)
const COUNT = Number(records)
const BYTES = 400
const BATCH = 500
const IN_FLIGHT = 4
const PARTITIONS = 4

const shared = { logger: silentLogger, clock: systemClock, maxRecordBytes: 262_144 }
const database = driver === 'postgres' ? await createTestDatabase() : null
const bus: Bus = database
  ? createPostgresBus({ ...shared, pool: database.pool })
  : createKafkaBus({
      ...shared,
      brokers: (await sharedKafka()).brokers,
      clientId: 'rates',
      topicPrefix: `rates-${randomUUID()}.`,
      replication: -1,
    })
await bus.ensureTopics([{ name: 'rates', partitions: PARTITIONS, retentionMs: 3_600_000, maxRecordBytes: 262_144 }])

const value = new TextEncoder().encode(
  JSON.stringify({ id: randomUUID(), text: 'my order is late again, please help '.repeat(20) }).slice(0, BYTES),
)
const batchOf = (at: number): AppendRecord[] =>
  Array.from({ length: BATCH }, (_, index) => ({ partition: (at + index) % PARTITIONS, key: `${at + index}`, value }))

const appendStarted = performance.now()
let at = 0
const write = async () => {
  while (at < COUNT) {
    const batch = batchOf(at)
    at += BATCH
    await bus.append('rates', batch)
  }
}
await Promise.all(Array.from({ length: IN_FLIGHT }, write))
const appendSeconds = (performance.now() - appendStarted) / 1_000

let read = 0
let firstReadAt = 0
const done = Promise.withResolvers<void>()
const consumer = await bus.consume({
  topic: 'rates',
  group: 'rates',
  handler: {
    assigned: () => Promise.resolve(0),
    records: async (_partition, batch) => {
      firstReadAt ||= performance.now()
      read += batch.length
      if (read >= at) done.resolve()
    },
    revoked: () => Promise.resolve(),
    gap: () => Promise.resolve(),
  },
})
await done.promise
const readSeconds = (performance.now() - firstReadAt) / 1_000
await consumer.stop()

const latencies: number[] = []
for (let n = 0; n < 200; n += 1) {
  const started = performance.now()
  await bus.append('rates', [{ partition: 0, key: null, value }])
  latencies.push(performance.now() - started)
}
latencies.sort((a, b) => a - b)
process.stdout.write(
  `${JSON.stringify({
    driver,
    records: at,
    appendPerSecond: Math.round(at / appendSeconds),
    readPerSecond: Math.round(read / readSeconds),
    appendOneMsP50: Math.round(latencies[100]! * 10) / 10,
    appendOneMsP99: Math.round(latencies[198]! * 10) / 10,
    rssMiB: Math.round(process.memoryUsage().rss / 1_048_576),
  })}\n`,
)
await bus.close()
await database?.drop()
