import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { SourceConfig } from '@outcry/contracts'
import { createKafkaClient } from '@outcry/kafka'
import { silentLogger } from '@outcry/runtime'
import { kafkaAvailable, sharedKafka } from '@outcry/testkit'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createIngest } from '../src/index.ts'
import { createFixture } from './ingest-fixture.ts'
import { ingestOptions } from './ingest-options.ts'

const KILLS = 5
const PER_ROUND = 200
const PARTITIONS = 3
const WAIT = { timeout: 60_000, interval: 5 }

/** A topic of a broker, and a way to write numbered mentions to it. */
const createTopic = async (brokers: string[]) => {
  const client = createKafkaClient({ brokers, clientId: 'test' }, silentLogger, 'patient')
  const topic = `foreign-${randomUUID()}`
  const admin = client.admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic, numPartitions: PARTITIONS }], waitForLeaders: false })
  await vi.waitFor(() => admin.fetchTopicOffsets(topic), 10_000)
  await admin.disconnect()
  const producer = client.producer({ createPartitioner: () => (args) => args.message.partition ?? 0 })
  await producer.connect()
  const write = (from: number, count: number) => {
    const messages = Array.from({ length: count }, (_, at) => {
      const value = JSON.stringify({ id: `m${from + at}`, text: `acme lost order ${from + at}`, createdAt: Date.now() })
      return { partition: (from + at) % PARTITIONS, value }
    })
    return producer.send({ topic, messages })
  }
  return { topic, write, close: () => producer.disconnect() }
}

describe.skipIf(!kafkaAvailable())('a foreign topic (needs java and mvn)', () => {
  let fixture: Awaited<ReturnType<typeof createFixture>>
  let child: ChildProcess | null = null
  beforeAll(async () => {
    fixture = await createFixture()
  })
  afterAll(async () => {
    child?.kill('SIGKILL')
    await fixture?.close()
  })

  it('gives each mention once after five kills in the middle of reading', async () => {
    const { brokers } = await sharedKafka()
    const { topic, write, close } = await createTopic(brokers)
    const source: SourceConfig = {
      connector: 'kafka',
      name: 'foreign',
      brokers,
      topics: [topic],
      group: `test-${randomUUID()}`,
      from: 'earliest',
      map: {},
      idFromKey: false,
      timeUnit: 'milliseconds',
      kind: 'post',
      ssl: false,
    }
    const arrived = async () => (await fixture.mentions()).map(({ mention: { id, rev, op } }) => `${id} ${rev} ${op}`)
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = (await arrived()).length
      const script = fileURLToPath(new URL('killed-ingest.ts', import.meta.url))
      child = spawn(process.execPath, [script, fixture.url, JSON.stringify([source])], { stdio: 'inherit' })
      const died = once(child, 'exit')
      // Some before it reads and some while it does, so that it dies with more on its way.
      await write(kill * PER_ROUND, PER_ROUND / 2)
      await vi.waitUntil(async () => (await arrived()).length > before, WAIT)
      await write(kill * PER_ROUND + PER_ROUND / 2, PER_ROUND / 2)
      child.kill('SIGKILL')
      expect(await died).toEqual([null, 'SIGKILL'])
    }
    await close()
    const ingest = createIngest(ingestOptions(fixture, [source]))
    await ingest.start()
    const expected = Array.from({ length: KILLS * PER_ROUND }, (_, at) => `kafka:${topic}:m${at}`)
    await vi.waitFor(async () => {
      const events = [...new Set(await arrived())].map((event) => event.split(' ')[0]!)
      expect(events.toSorted()).toEqual(expected.toSorted())
    }, WAIT)
    await ingest.stop()
  }, 240_000)
})
