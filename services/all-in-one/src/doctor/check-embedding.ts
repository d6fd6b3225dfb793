import type { Config } from '@outcry/contracts'
import { modelDirectory, openEmbedding } from '../embedding-model.ts'
import { faulty, fine, type Finding, findingOf } from './finding.ts'
import { installedModel } from '@outcry/embedding'

/** Whether the sentence model is in place, is the one that was installed, and answers. */
export const checkEmbedding = async (config: Config): Promise<Finding[]> => {
  const check = 'embedding'
  if (config.embedding.provider === 'none') return [fine(check, 'none: posts are compared by their words')]
  try {
    const directory = modelDirectory(config)
    const { model, dimensions } = await installedModel(directory)
    const provider = await openEmbedding(config)
    try {
      await provider?.embed(['The checkout hangs after paying.'])
    } finally {
      await provider?.close()
    }
    if (provider?.model !== model)
      return [
        faulty(check, `the files in ${directory} are not those that were installed`, 'Run outcry model install DIR.'),
      ]
    return [fine(check, `onnx, model ${model}, ${dimensions} dimensions, ${config.embedding.perMinute} texts a minute`)]
  } catch (error) {
    return [findingOf(check, error)]
  }
}
