import { describe, expect, it, vi } from 'vitest'
import { decodeRecord, MENTIONS_TOPIC, type StoredRecord } from '@outcry/bus'
import { type BusRecord, type EmbeddingProvider, RECORD_VERSION } from '@outcry/contracts'
import { defaultDetectionSettings } from '@outcry/engine'
import { createTestDetector, type Installation, storedPositions, toAppend } from './fixture.ts'
import { mentionRecord } from './made-stream.ts'
import { streams, useInstallations, WAIT } from './scene.ts'

const install = useInstallations()

const settings: BusRecord = {
  v: RECORD_VERSION,
  kind: 'settings',
  digest: 'with a model',
  settings: { ...defaultDetectionSettings(), embedding: { model: 'fake', perMinute: 100 } },
}

const fakeProvider = () => {
  const texts: string[] = []
  const provider: EmbeddingProvider = {
    model: 'fake',
    embed: async (asked) => {
      texts.push(...asked)
      return asked.map(() => 'AQID')
    },
    close: async () => undefined,
  }
  return { texts, provider }
}

/** Everything on the first partition. */
const readAll = async ({ bus }: Installation): Promise<BusRecord[]> => {
  const read: StoredRecord[] = []
  const { next } = await bus.bounds(MENTIONS_TOPIC, 0)
  const consumer = await bus.consume({
    topic: MENTIONS_TOPIC,
    group: 'reader',
    handler: {
      assigned: async () => 0,
      records: async (partition, batch) => void (partition === 0 && read.push(...batch)),
      revoked: async () => undefined,
      gap: async () => undefined,
    },
  })
  await vi.waitFor(() => expect(read.at(-1)?.position).toBeGreaterThanOrEqual(next - 1), WAIT)
  await consumer.stop()
  return read.flatMap(({ value }) => {
    const decoded = decodeRecord(value)
    return decoded.ok ? [decoded.record] : []
  })
}

describe('a detector with a sentence model', () => {
  it('puts answers on the partition it asks from, and asks nothing again when it rebuilds its state', async () => {
    const at = await install()
    const first = fakeProvider()
    const records = [settings, ...streams[0]!]
    await at.bus.append(MENTIONS_TOPIC, toAppend(records, 0))
    const detector = createTestDetector(at, { embedding: first.provider })
    await detector.start()
    const untilRead = () =>
      vi.waitFor(async () => {
        const { next } = await at.bus.bounds(MENTIONS_TOPIC, 0)
        expect(next).toBeGreaterThan(records.length)
        expect((await storedPositions(at.database.pool))[0]).toBe(next - 1)
      }, WAIT)
    await untilRead()
    await detector.stop()
    const answers = (await readAll(at)).filter((record) => record.kind === 'embedding')
    expect(answers.length).toBeGreaterThan(5)
    expect(answers.length).toBe(first.texts.length)
    expect(answers[0]).toMatchObject({ brand: 'acme', model: 'fake', vector: 'AQID' })

    await at.database.pool.query('DELETE FROM outcry.brand_snapshot')
    const second = fakeProvider()
    const rebuilt = createTestDetector(at, { embedding: second.provider })
    await rebuilt.start()
    const fresh = mentionRecord('acme', 'fresh', Date.now(), 'your checkout is broken, it hangs when I pay')
    const [place] = await at.bus.append(MENTIONS_TOPIC, toAppend([fresh], 0))
    await vi.waitFor(async () => {
      expect((await storedPositions(at.database.pool))[0]).toBeGreaterThan(place!.position)
    }, WAIT)
    await rebuilt.stop()
    expect(second.texts).toEqual(['your checkout is broken, it hangs when I pay'])
  })
})
