import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createParser, OutcryError } from '@outcry/contracts'
import { type Static, Type } from 'typebox'

/** Written last by an install: without it nothing is installed. */
const Manifest = Type.Object({
  model: Type.String({ minLength: 1 }),
  dimensions: Type.Integer({ minimum: 1 }),
  onnxruntime: Type.String({ minLength: 1 }),
})
type Manifest = Static<typeof Manifest>

export type InstalledModel = Manifest & {
  directory: string
  /** The files of the model, and where its runtime is required from. */
  files: string
  runtime: string
}

const parseManifest = createParser(Manifest)

export const manifestPath = (directory: string): string => join(directory, 'installed.json')
export const placesIn = (directory: string) => ({
  files: join(directory, 'model'),
  runtime: join(directory, 'runtime'),
})

/** The model that `outcry model install` put there. Throws `EMBEDDING_MODEL_MISSING`. */
export const installedModel = async (directory: string): Promise<InstalledModel> => {
  const text = await readFile(manifestPath(directory), 'utf8').catch(() => null)
  const parsed = text === null ? null : parseManifest(jsonOf(text))
  if (parsed?.ok !== true)
    throw new OutcryError('EMBEDDING_MODEL_MISSING', `no model is installed in ${directory}`, {
      faults: [
        {
          path: 'embedding.provider',
          value: 'onnx',
          message: 'needs an installed model',
          fix: 'run outcry model install DIR, or set it to none',
        },
      ],
      fix: 'Run outcry model install DIR, or set embedding.provider to none.',
      exitCode: 2,
    })
  return { ...parsed.value, directory, ...placesIn(directory) }
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
