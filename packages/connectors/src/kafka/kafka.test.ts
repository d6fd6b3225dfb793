import { kafkaAvailable, startKafka, type RunningKafka } from '@outcry/testkit'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { asAdmin, createTopic, fillTopic, recordOf, writerOf } from './local-topic.ts'

const connector = connectors['kafka']!
const WAIT = { timeout: 30_000, interval: 25 }

describe.skipIf(!kafkaAvailable())('a foreign topic (needs java and mvn)', () => {
  let kafka: RunningKafka
  beforeAll(async () => {
    kafka = await startKafka()
  })
  afterAll(() => kafka?.stop())

  complianceSuite({
    connector,
    ends: false,
    canGoDark: true,
    canRefuse: false,
    looksBack: true,
    edits: true,
    deletes: true,
    payload: (text) => Buffer.from(String(recordOf(1, { text }).value)),
    start: (items) => fillTopic(kafka, items),
  })

  /** A source that runs until the test is over or it is stopped, and another one with the cursor of the first. */
  const setUp = (config: Record<string, unknown>, clockFactor = 10) => {
    const clock = createQuickClock(clockFactor)
    const recorder = createRecorder(clock)
    const full = {
      connector: 'kafka',
      name: 'foreign',
      brokers: kafka.brokers,
      from: 'earliest',
      map: {},
      timeUnit: 'milliseconds',
      kind: 'post',
      group: `test-${Math.random()}`,
      ...config,
    }
    const start = () => {
      const abort = new AbortController()
      const running = connector.create(full, recorder.context('foreign')).run(abort.signal)
      running.catch(() => undefined)
      const stop = async () => {
        abort.abort()
        await running
      }
      onTestFinished(() => stop().catch(() => undefined))
      return { stop, running }
    }
    const texts = () => recorder.delivered.map(({ mention }) => mention.text)
    const untilLive = () => vi.waitFor(() => expect(recorder.reports.at(-1)).toMatchObject({ state: 'live' }), WAIT)
    return { recorder, start, texts, untilLive, clock }
  }

  it('delivers everything, each once after dedup, over a broker that is killed and starts again', async () => {
    const { topic, write } = await createTopic(kafka.brokers)
    // Named twice, it is read once.
    const { recorder, start, untilLive } = setUp({ topics: [topic, topic] })
    await write(Array.from({ length: 300 }, (_, number) => recordOf(number)))
    start()
    await untilLive()
    await kafka.kill()
    await vi.waitFor(() => expect(recorder.reports.at(-1)).toMatchObject({ state: 'blind' }), WAIT)
    await kafka.restart()
    await write(Array.from({ length: 300 }, (_, number) => recordOf(300 + number)))
    await vi.waitFor(() => expect(recorder.ids().size).toBe(600), { ...WAIT, timeout: 60_000 })
    await untilLive()
    expect(recorder.gaps).toEqual([])
  }, 120_000)

  it('begins at the end where asked to, and loses nothing of what comes before it is started again', async () => {
    const { topic, write } = await createTopic(kafka.brokers)
    await write([recordOf(1)])
    const { start, texts, untilLive } = setUp({ topics: [topic], from: 'latest' })
    const first = start()
    await untilLive()
    await first.stop()
    await write([recordOf(2)])
    start()
    await vi.waitFor(() => expect(texts()).toEqual(['order 2 never came']), WAIT)
  })

  it('reads a topic that is not there yet from its first record, and is blind until then', async () => {
    const topic = `later-${Math.random()}`
    const { recorder, start, texts } = setUp({ topics: [topic], from: 'latest' })
    start()
    await vi.waitFor(
      () => expect(recorder.reports.at(-1)).toMatchObject({ state: 'blind', reason: expect.stringContaining(topic) }),
      WAIT,
    )
    await createTopic(kafka.brokers, 1, topic)
    await writerOf(kafka.brokers, topic).write([{ ...recordOf(1), partition: 0 }])
    await vi.waitFor(() => expect(texts()).toEqual(['order 1 never came']), WAIT)
  })

  it('counts as a gap what retention deleted before it was read, and goes on after it', async () => {
    const { topic, write } = await createTopic(kafka.brokers, 1)
    const { recorder, start, texts, untilLive } = setUp({ topics: [topic] })
    await write([{ ...recordOf(0), partition: 0 }])
    const first = start()
    await untilLive()
    await first.stop()
    await write([1, 2, 3].map((number) => ({ ...recordOf(number), partition: 0 })))
    await asAdmin(kafka.brokers, async (admin) => {
      // kafkajs only deletes where it has looked before.
      await admin.fetchTopicOffsets(topic)
      await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '3' }] })
    })
    start()
    await vi.waitFor(() => expect(texts()).toEqual(['order 0 never came', 'order 3 never came']), WAIT)
    expect(recorder.gaps).toEqual([`${topic}[0]: 2 records were deleted before they were read`])
  })

  it('notices partitions that are added, and reads them from their first record', async () => {
    const { topic, write } = await createTopic(kafka.brokers, 1)
    const { start, texts, untilLive } = setUp({ topics: [topic], from: 'latest' }, 1)
    start()
    await untilLive()
    await asAdmin(kafka.brokers, (admin) => admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] }))
    await vi.waitFor(() => write([recordOf(1), recordOf(2)]), WAIT)
    const both = ['order 1 never came', 'order 2 never came']
    // A write that only one of the new partitions took is tried again.
    await vi.waitFor(() => expect([...new Set(texts())].toSorted()).toEqual(both), WAIT)
  })

  it('is blind where another member of its group reads a part', async () => {
    const { topic } = await createTopic(kafka.brokers)
    const { start, untilLive, recorder } = setUp({ topics: [topic], group: 'shared' })
    start()
    await untilLive()
    const other = setUp({ topics: [topic], group: 'shared' })
    other.start()
    await vi.waitFor(
      () =>
        expect(recorder.reports.at(-1)).toMatchObject({ state: 'blind', reason: expect.stringContaining('shared') }),
      WAIT,
    )
  })

  it('is blind to a topic of which it can read no record, and says why', async () => {
    const { topic, write } = await createTopic(kafka.brokers)
    const { recorder, start } = setUp({ topics: [topic], map: { text: 'no.such' } })
    await write(Array.from({ length: 30 }, (_, number) => recordOf(number)))
    start()
    await vi.waitFor(
      () =>
        expect(recorder.reports.at(-1)?.unseen).toMatch(
          /^none of the last 30 records can be read: .* text is missing$/,
        ),
      WAIT,
    )
    expect(recorder.rejects[0]?.detail).toMatch(/^mentions-[\w-]+\[\d\]@\d+: text is missing$/)
    expect(recorder.rejects).toHaveLength(30)
  })
})
