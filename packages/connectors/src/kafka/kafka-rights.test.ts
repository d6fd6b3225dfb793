import { kafkaAvailable, type RunningKafka, startKafka } from '@outcry/testkit'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { createTopic } from './local-topic.ts'

const WAIT = { timeout: 30_000, interval: 25 }
const USER = { username: 'outcry', password: 'right-one' }

/** A source of a broker, as far as it comes. */
const runSource = (brokers: string[], config: Record<string, unknown>) => {
  const recorder = createRecorder(createQuickClock(10))
  const full = { connector: 'kafka', name: 'foreign', brokers, from: 'earliest', map: {}, kind: 'post', ...config }
  const abort = new AbortController()
  const running = connectors['kafka']!.create(full, recorder.context('foreign')).run(abort.signal)
  running.catch(() => undefined)
  return { recorder, running, abort }
}

describe.skipIf(!kafkaAvailable())('a foreign topic whose brokers refuse (needs java and mvn)', () => {
  let open: RunningKafka
  let locked: RunningKafka
  beforeAll(async () => {
    ;[open, locked] = await Promise.all([startKafka({ authorizer: true }), startKafka({ sasl: USER })])
  })
  afterAll(() => Promise.all([open?.stop(), locked?.stop()]))

  it('is for a person to mend when the rights to its group are taken away while it reads', async () => {
    const { topic } = await createTopic(open.brokers)
    const { recorder, running } = runSource(open.brokers, { topics: [topic] })
    await vi.waitFor(() => expect(recorder.reports.at(-1)).toMatchObject({ state: 'live' }), WAIT)
    await open.denyGroups()
    await expect(running).rejects.toMatchObject({
      code: 'SOURCE_REFUSED',
      message: expect.stringMatching(/403: .*group authorization failed/i),
    })
  })

  it('is for a person to mend when its password is wrong, and is read with the right one', async () => {
    const sasl = { mechanism: 'plain', ...USER }
    const wrong = runSource(locked.brokers, { topics: ['orders'], sasl: { ...sasl, password: 'wrong' } })
    await expect(wrong.running).rejects.toMatchObject({
      code: 'SOURCE_REFUSED',
      message: expect.stringMatching(/401: .*authentication/i),
    })
    const right = runSource(locked.brokers, { topics: ['orders'], sasl })
    const noTopic = { reason: expect.stringContaining('there is no topic orders') }
    await vi.waitFor(() => expect(right.recorder.reports.at(-1)).toMatchObject(noTopic), WAIT)
    right.abort.abort()
    await right.running
  })
})
