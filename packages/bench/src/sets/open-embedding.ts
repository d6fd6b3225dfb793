import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { EmbeddingProvider } from '@outcry/contracts'
import { installedModel, installModel, openOnnxProvider } from '@outcry/embedding'

const CACHE = resolve(import.meta.dirname, '../../../../.cache/embedding')

/** The model of a directory: installed already, or as it came, which is then installed for measuring. Texts once each. */
export const openEmbedding = async (directory: string): Promise<EmbeddingProvider> => {
  const isInstalled = existsSync(join(directory, 'installed.json'))
  const installed = isInstalled
    ? await installedModel(directory)
    : await installModel({ from: directory, directory: CACHE, env: process.env })
  const provider = await openOnnxProvider(installed)
  const known = new Map<string, Promise<string>>()
  const vectorOf = (text: string): Promise<string> => {
    let vector = known.get(text)
    if (!vector) known.set(text, (vector = provider.embed([text]).then(([first]) => first!)))
    return vector
  }
  return { ...provider, embed: (texts) => Promise.all(texts.map(vectorOf)) }
}
