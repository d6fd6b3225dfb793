import { decodeRecord, type AppendRecord } from '@outcry/bus'
import type { EmbeddingProvider } from '@outcry/contracts'
import { createMetrics, silentLogger } from '@outcry/runtime'
import { fakeClock } from '@outcry/testkit'
import { describe, expect, it } from 'vitest'
import { createEmbeddingDesk } from './embedding-desk.ts'

const asked = (mentionId: string, model = 'm') => ({
  type: 'embed' as const,
  brand: 'acme',
  mentionId,
  rev: '1',
  eventTime: 0,
  model,
  text: `text of ${mentionId}`,
})

const scene = (options: { embed?: EmbeddingProvider['embed']; failAppends?: number; limit?: number } = {}) => {
  const appended: AppendRecord[] = []
  let failures = options.failAppends ?? 0
  const embed = options.embed ?? (async (texts: readonly string[]) => texts.map(() => 'AAAA'))
  const provider: EmbeddingProvider = { model: 'm', embed, close: async () => undefined }
  const append = async (_topic: string, records: AppendRecord[]) => {
    if (failures-- > 0) throw new Error('the bus is away')
    appended.push(...records)
    return records.map(({ partition }) => ({ partition, position: 0 }))
  }
  const clock = fakeClock()
  const metrics = createMetrics()
  const { limit } = options
  const desk = createEmbeddingDesk({
    provider,
    bus: { append },
    clock,
    logger: silentLogger,
    metrics,
    ...(limit === undefined ? {} : { limit }),
  })
  const counts = async () => {
    const { values } = await metrics.embeddings.get()
    return Object.fromEntries(values.map(({ labels, value }) => [labels.outcome, value]))
  }
  return { desk, appended, clock, counts }
}

describe('the embedding desk', () => {
  it('answers every ask with a record on the partition it came from, under a key of its own', async () => {
    const { desk, appended, counts } = scene()
    desk.ask(0, [asked('a'), asked('b')])
    desk.ask(3, [asked('c')])
    await desk.idle()
    expect(appended.map(({ partition, key }) => [partition, key])).toEqual([
      [0, 'acme\na\nembedding'],
      [0, 'acme\nb\nembedding'],
      [3, 'acme\nc\nembedding'],
    ])
    expect(decodeRecord(appended[0]!.value)).toMatchObject({
      ok: true,
      record: { kind: 'embedding', brand: 'acme', mentionId: 'a', rev: '1', model: 'm', vector: 'AAAA' },
    })
    expect(await counts()).toEqual({ answered: 3 })
  })

  it('holds a bounded number of asks and drops what comes beyond, and what another model is asked', async () => {
    const { desk, appended, counts } = scene({ limit: 5 })
    desk.ask(
      0,
      Array.from({ length: 40 }, (_, at) => asked(`${at}`)),
    )
    desk.ask(0, [asked('other', 'another')])
    await desk.idle()
    expect(appended).toHaveLength(5)
    expect(await counts()).toEqual({ answered: 5, dropped: 36 })
  })

  it('tries again a few times, then goes on with the next', async () => {
    const recovered = scene({ failAppends: 2 })
    recovered.desk.ask(0, [asked('a')])
    await recovered.clock.advance(10_000)
    await recovered.desk.idle()
    expect(await recovered.counts()).toEqual({ answered: 1 })

    let calls = 0
    const broken = scene({
      embed: async (texts) => {
        calls += 1
        if (texts.includes('text of bad')) throw new Error('no direction')
        return texts.map(() => 'AAAA')
      },
    })
    broken.desk.ask(0, [asked('bad')])
    await broken.clock.advance(10_000)
    await broken.desk.idle()
    broken.desk.ask(0, [asked('good')])
    await broken.desk.idle()
    expect(calls).toBe(4)
    expect(await broken.counts()).toEqual({ failed: 1, answered: 1 })
  })

  it('answers nothing any more once it was stopped', async () => {
    const { desk, appended } = scene()
    await desk.stop()
    desk.ask(0, [asked('a')])
    await desk.stop()
    expect(appended).toEqual([])
  })
})
