import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { kafkaAvailable, type RunningKafka, startKafka } from '@outcry/testkit'
import { silentLogger } from '@outcry/runtime'
import { createTopic, numbered, TIMEOUT } from '../../test/compliance/driver.ts'
import { createPositions, createRecordingHandler, type Seen } from '../../test/recording-handler.ts'
import { createKafkaBus } from './kafka-bus.ts'

const GROUP = 'refused'

describe.skipIf(!kafkaAvailable())('a consumer that kafkajs gives up (needs java and mvn)', () => {
  let kafka: RunningKafka
  beforeAll(async () => {
    kafka = await startKafka({ authorizer: true })
  })
  afterAll(() => kafka?.stop())

  it('says so, with the cause, when the rights to its group are taken away', async () => {
    const bus = createKafkaBus({
      brokers: kafka.brokers,
      clientId: 'rights',
      topicPrefix: '',
      replication: 1,
      logger: silentLogger,
      maxRecordBytes: 262_144,
      sessionTimeoutMs: 6_000,
    })
    onTestFinished(() => bus.close())
    const topic = await createTopic(bus)
    await bus.append(topic, numbered(0, 0, 10))
    const log: Seen[] = []
    const handler = createRecordingHandler('a', createPositions(), log)
    const consumer = await bus.consume({ topic, group: GROUP, handler })
    await vi.waitFor(() => expect(handler.values).toHaveLength(10), TIMEOUT)
    await kafka.denyGroups()
    await expect(consumer.failed).rejects.toMatchObject({
      code: 'BUS_CONSUMER_FAILED',
      message: expect.stringMatching(/can never go on: kafkajs gave up: .*group authorization failed/i),
      fix: expect.stringContaining('rights'),
    })
    // It holds nothing any more, and no handler is left in the dark.
    expect(consumer.owned()).toEqual([])
    await vi.waitFor(() => expect(log.at(-1)).toMatchObject({ type: 'revoked' }), TIMEOUT)
  })
})
