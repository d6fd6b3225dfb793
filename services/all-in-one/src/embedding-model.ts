import { join } from 'node:path'
import type { Config, EmbeddingProvider } from '@outcry/contracts'
import { installedModel, openOnnxProvider } from '@outcry/embedding'
import { canonicalDigest, type LoadedConfig } from '@outcry/runtime'

/** Where `outcry model install` puts the model and its runtime. */
export const modelDirectory = ({ dataDir, embedding }: Pick<Config, 'dataDir' | 'embedding'>): string =>
  embedding.directory ?? join(dataDir, 'embedding')

/**
 * The configuration with the installed model's name in its detection settings, where the option is on: what decides must
 * name what it decides with. Throws `EMBEDDING_MODEL_MISSING`.
 */
export const withEmbedding = async (loaded: LoadedConfig): Promise<LoadedConfig> => {
  const { config } = loaded
  if (config.embedding.provider === 'none') return loaded
  const { model } = await installedModel(modelDirectory(config))
  const embedding = { model, perMinute: config.embedding.perMinute }
  const detectionSettings = { ...loaded.detectionSettings, embedding }
  return { ...loaded, detectionSettings, digest: canonicalDigest(detectionSettings) }
}

/** The provider that the configuration names; null for `none`. Throws `EMBEDDING_…`. */
export const openEmbedding = async (config: Config): Promise<EmbeddingProvider | null> =>
  config.embedding.provider === 'none'
    ? null
    : openOnnxProvider(await installedModel(modelDirectory(config)), config.embedding.threads)
