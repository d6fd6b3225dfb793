import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Config, EmbeddingProvider } from '@outcry/contracts'
import { installedModel, installModel, openOnnxProvider } from '@outcry/embedding'
import { canonicalDigest, type LoadedConfig } from '@outcry/runtime'
import type { CommandIo } from './command-io.ts'
import { createSteps } from './terminal/steps.ts'

/** Where `outcry model install` puts the model and its runtime. */
export const modelDirectory = ({ dataDir, embedding }: Pick<Config, 'dataDir' | 'embedding'>): string =>
  embedding.directory ?? join(dataDir, 'embedding')

/** Description of the option of every command that may go by meaning. */
export const EMBEDDING_OPTION = [
  '--embedding <dir>',
  'go by meaning too, with the sentence model in this directory, as it came or installed; else what the configuration says',
] as const

/**
 * The configuration with the sentence model of that directory in place of its own; as it is without one. A model as it
 * came is put into the data directory first, beside the one that is in use. Throws `EMBEDDING_…`.
 */
export const withModelOf = async (
  loaded: LoadedConfig,
  given: string | undefined,
  io: CommandIo,
): Promise<LoadedConfig> => {
  if (given === undefined) return loaded
  const from = resolve(io.userDir, given)
  let directory = from
  if (!existsSync(join(from, 'installed.json'))) {
    directory = join(loaded.config.dataDir, 'embedding-tried')
    const steps = createSteps(io)
    const onStep = (step: string) => steps.begin(step)
    await installModel({ from, directory, env: io.env, onStep }).finally(() => steps.end())
  }
  const embedding = { ...loaded.config.embedding, provider: 'onnx' as const, directory }
  return { ...loaded, config: { ...loaded.config, embedding } }
}

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
