import { describe, expect, it } from 'vitest'
import { kafkaAvailable, sharedKafka } from '@outcry/testkit'
import { createTopic, numbered, readAll } from '../../test/compliance/driver.ts'
import { kafkaCompliance } from '../../test/kafka-compliance.ts'

describe.skipIf(!kafkaAvailable())('Kafka bus (needs java and mvn)', () => {
  const warnings: string[] = []
  process.on('warning', ({ name, message }) => warnings.push(`${name}: ${message}`))
  const { connect, deleteTopic } = kafkaCompliance(sharedKafka)

  it('says in bounded time which brokers do not answer, and what to do', async () => {
    const bus = connect(['127.0.0.1:1'])
    await expect(bus.check()).rejects.toMatchObject({
      code: 'BUS_UNREACHABLE',
      message: expect.stringContaining('127.0.0.1:1'),
      fix: expect.stringContaining('bus.kafka.brokers'),
    })
    await expect(
      bus.ensureTopics([{ name: 'x', partitions: 1, retentionMs: 1_000, maxRecordBytes: 1_000 }]),
    ).rejects.toMatchObject({ code: 'BUS_UNREACHABLE' })
    await bus.close()
  }, 30_000)

  it('goes on writing to its other topics when one that it wrote to is deleted', async () => {
    const bus = connect()
    const [gone, kept] = [await createTopic(bus), await createTopic(bus)]
    for (const topic of [gone, kept]) await bus.append(topic, numbered(0, 0, 10))
    await deleteTopic(gone)
    for (let from = 10; from < 50; from += 10) await bus.append(kept, numbered(0, from, 10))
    expect(await readAll(bus, kept, 0, 0, 50)).toHaveLength(50)
    await bus.close()
  })

  it('makes kafkajs print no warning of its own', () => {
    expect(warnings.filter((warning) => /TimeoutNegative|KafkaJS/i.test(warning))).toEqual([])
  })
})
