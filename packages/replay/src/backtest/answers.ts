import { type EmbeddingProvider, RECORD_VERSION } from '@outcry/contracts'
import type { Effect } from '@outcry/engine'
import type { TimedRecord } from './record-timeline.ts'

type Ask = Extract<Effect, { type: 'embed' }>

/**
 * The worker of a backtest: what the detector asks is computed meanwhile and answered in the order of the asks, just
 * before the first heartbeat that could take one of the mentions. Live, an answer has the same time.
 */
export const createAnswers = (provider: Pick<EmbeddingProvider, 'model' | 'embed'> | undefined, reorderMs: number) => {
  let asks: { ask: Ask; vector: Promise<readonly string[]> }[] = []
  let dueMs = Infinity

  return {
    ask: (ask: Ask): void => {
      if (!provider || ask.model !== provider.model) return
      const vector = provider.embed([ask.text])
      // Looked at when it is due; a failure until then is no unhandled one.
      vector.catch(() => undefined)
      asks.push({ ask, vector })
      dueMs = Math.min(dueMs, ask.eventTime + reorderMs)
    },
    isDue: ({ record }: TimedRecord): boolean => record.kind === 'heartbeat' && record.sourceTime >= dueMs,
    take: async (): Promise<TimedRecord[]> => {
      const due = asks
      asks = []
      dueMs = Infinity
      return Promise.all(
        due.map(async ({ ask: { brand, mentionId, rev, model }, vector }): Promise<TimedRecord> => {
          const [answer] = await vector
          return {
            brand,
            appendedAtMs: 0,
            record: { v: RECORD_VERSION, kind: 'embedding', brand, mentionId, rev, model, vector: answer! },
          }
        }),
      )
    },
  }
}
