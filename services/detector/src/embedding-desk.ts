import { type Bus, embeddingKey, encodeRecord, MENTIONS_TOPIC } from '@outcry/bus'
import { type EmbeddingProvider, RECORD_VERSION } from '@outcry/contracts'
import type { Effect } from '@outcry/engine'
import type { Clock, Logger, Metrics } from '@outcry/runtime'

type Ask = Extract<Effect, { type: 'embed' }>
type Waiting = { partition: number; ask: Ask }

export type EmbeddingDeskOptions = {
  provider: EmbeddingProvider
  bus: Pick<Bus, 'append'>
  clock: Clock
  logger: Logger
  metrics: Pick<Metrics, 'embeddings' | 'bufferItems' | 'bufferLimit'>
  /** Asks that may wait; further ones are dropped, and their mentions are compared by their words. */
  limit?: number
}

/** Answers what detectors ask, beside them: nothing waits for it, and an ask that is lost costs only its meaning. */
export type EmbeddingDesk = {
  ask(partition: number, asks: readonly Ask[]): void
  /** Resolves when nothing is waiting any more. */
  idle(): Promise<void>
  /** Drops what waits and finishes what is being answered. Safe twice. */
  stop(): Promise<void>
}

const LIMIT = 2_000
const BUFFER = 'embedding_asks'
const BATCH = 16
const ATTEMPTS = 3

export const createEmbeddingDesk = (options: EmbeddingDeskOptions): EmbeddingDesk => {
  const { provider, bus, clock, logger, metrics, limit = LIMIT } = options
  let waiting: Waiting[] = []
  let running: Promise<void> | null = null
  const stopping = new AbortController()
  const { signal } = stopping
  metrics.bufferLimit.set({ buffer: BUFFER }, limit)

  const show = () => metrics.bufferItems.set({ buffer: BUFFER }, waiting.length)

  const answer = async (batch: readonly Waiting[]): Promise<void> => {
    const vectors = await provider.embed(batch.map(({ ask }) => ask.text))
    const records = batch.map(({ partition, ask: { brand, mentionId, rev } }, at) => ({
      partition,
      key: embeddingKey(brand, mentionId),
      value: encodeRecord({
        v: RECORD_VERSION,
        kind: 'embedding',
        brand,
        mentionId,
        rev,
        model: provider.model,
        vector: vectors[at]!,
      }),
    }))
    await bus.append(MENTIONS_TOPIC, records)
  }

  const attempt = async (batch: readonly Waiting[]): Promise<void> => {
    for (let tries = 1; !signal.aborted; tries += 1) {
      try {
        await answer(batch)
        metrics.embeddings.inc({ outcome: 'answered' }, batch.length)
        return
      } catch (error) {
        if (tries === ATTEMPTS) {
          metrics.embeddings.inc({ outcome: 'failed' }, batch.length)
          logger.warn({ error, texts: batch.length }, 'The sentence model gave no answer, these go by their words')
          return
        }
        await clock.sleep(100 * 2 ** tries, signal).catch(() => undefined)
      }
    }
  }

  const run = async (): Promise<void> => {
    while (waiting.length > 0 && !signal.aborted) {
      const batch = waiting.slice(0, BATCH)
      waiting = waiting.slice(BATCH)
      show()
      await attempt(batch)
    }
    running = null
  }

  return {
    ask: (partition, asks) => {
      if (signal.aborted) return
      // Settings may still name the model of yesterday: its answers would be passed over.
      const mine = asks.filter(({ model }) => model === provider.model).slice(0, limit - waiting.length)
      if (mine.length < asks.length) metrics.embeddings.inc({ outcome: 'dropped' }, asks.length - mine.length)
      for (const ask of mine) waiting.push({ partition, ask })
      show()
      running ??= waiting.length > 0 ? run() : null
    },
    idle: async () => {
      await running
    },
    stop: async () => {
      stopping.abort()
      waiting = []
      show()
      await running
    },
  }
}
