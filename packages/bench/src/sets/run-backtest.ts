import { configSchema, createParser, type EmbeddingProvider } from '@outcry/contracts'
import { defaultDetectionSettings } from '@outcry/engine'
import { backtest, type BacktestResult, type BrandMention } from '@outcry/replay'

const parseConfig = createParser(configSchema([], []))

/** What `outcry backtest` does with no configuration: one set of defaults for every stream. */
export const runBacktest = (
  mentions: AsyncIterable<BrandMention>,
  embedding?: EmbeddingProvider,
): Promise<BacktestResult> => {
  const parsed = parseConfig({})
  if (!parsed.ok) throw new Error('the defaults of the configuration do not fit their schema')
  const { alerting, detection, embedding: rules } = parsed.value
  const asked = embedding && { embedding: { model: embedding.model, perMinute: rules.perMinute } }
  return backtest({
    mentions,
    settings: { ...defaultDetectionSettings(), ...asked },
    embedding,
    digest: 'defaults',
    alerting: () => ({
      pagesPerWeek: alerting.pagesPerWeek,
      updateEveryMs: alerting.updateEveryMs,
      resolveAfterCalmMs: detection.resolveAfterCalmMs,
      routes: [],
    }),
    idKey: 'outcry backtest',
  })
}
