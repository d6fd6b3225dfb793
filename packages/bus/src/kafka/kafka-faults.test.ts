import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { kafkaAvailable, type RunningKafka, startKafka } from '@outcry/testkit'
import { silentLogger } from '@outcry/runtime'
import { createPositions, createRecordingHandler, type Seen } from '../../test/recording-handler.ts'
import { createKafkaBus } from './kafka-bus.ts'

const WAIT = { timeout: 120_000, interval: 50 }
const FROZEN_MS = 4_000

describe.skipIf(!kafkaAvailable())('Kafka bus under faults of its broker (needs java and mvn)', () => {
  let kafka: RunningKafka
  beforeAll(async () => {
    kafka = await startKafka()
  })
  afterAll(() => kafka.stop())

  it('loses and doubles nothing while the broker is killed, restarted, frozen and thawed', async () => {
    const bus = createKafkaBus({
      brokers: kafka.brokers,
      clientId: 'faults',
      topicPrefix: 'faults.',
      replication: 1,
      logger: silentLogger,
      maxRecordBytes: 262_144,
    })
    await bus.ensureTopics([{ name: 'numbers', partitions: 1, retentionMs: 3_600_000, maxRecordBytes: 262_144 }])
    const log: Seen[] = []
    const handler = createRecordingHandler('a', createPositions(), log)
    const consumer = await bus.consume({ topic: 'numbers', group: 'faults', handler })

    let written = 0
    let ackedAt = performance.now()
    const stop = new AbortController()
    const writing = (async () => {
      while (!stop.signal.aborted) {
        const batch = Array.from({ length: 20 }, () => ({
          partition: 0,
          key: null,
          value: new TextEncoder().encode(`${written++}`),
        }))
        await bus.append('numbers', batch)
        ackedAt = performance.now()
      }
    })()
    const goesOn = async () => {
      const before = written
      await vi.waitFor(() => expect(written).toBeGreaterThan(before + 200), WAIT)
      await vi.waitFor(() => expect(handler.values.length).toBeGreaterThan(before), WAIT)
    }

    await goesOn()
    await kafka.kill()
    await kafka.restart()
    await goesOn()
    kafka.freeze()
    await vi.waitFor(() => expect(performance.now() - ackedAt).toBeGreaterThan(FROZEN_MS), WAIT)
    kafka.thaw()
    await goesOn()

    stop.abort()
    await writing
    await vi.waitFor(() => expect(handler.values.length).toBeGreaterThanOrEqual(written), WAIT)
    expect(handler.values).toEqual(Array.from({ length: written }, (_, index) => `${index}`))
    await consumer.stop()
    await bus.close()
  }, 240_000)
})
