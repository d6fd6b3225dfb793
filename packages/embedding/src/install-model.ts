import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { installedModel, type InstalledModel, manifestPath, placesIn } from './installed-model.ts'
import { installRuntime, ONNXRUNTIME_VERSION } from './install-runtime.ts'
import { invalid, MODEL_FILES, modelDigest } from './model-files.ts'
import { openOnnxProvider } from './onnx-provider.ts'

export { ONNXRUNTIME_VERSION }

/**
 * Checks a model directory, copies its files into `directory` with the runtime they need, and proves that it answers.
 * Until the last step the model that was there before stays. Throws `EMBEDDING_MODEL_INVALID`, `EMBEDDING_INSTALL_FAILED`.
 */
export const installModel = async (options: {
  from: string
  directory: string
  env: Readonly<Record<string, string | undefined>>
  onStep?: (step: string) => void
}): Promise<InstalledModel> => {
  const { from, directory, env, onStep = () => undefined } = options
  onStep('checking the model')
  const model = await modelDigest(from)
  const { files, runtime } = placesIn(directory)
  const partial = `${files}.partial`
  await rm(partial, { recursive: true, force: true })
  await mkdir(partial, { recursive: true })
  try {
    for (const name of MODEL_FILES) await copyFile(join(resolve(from), name), join(partial, name))
    onStep(`installing onnxruntime-node ${ONNXRUNTIME_VERSION}`)
    await installRuntime(runtime, env)
    onStep('trying it')
    const dimensions = await tried(from, { files: partial, runtime })
    await rm(manifestPath(directory), { force: true })
    await rm(files, { recursive: true, force: true })
    await rename(partial, files)
    const manifest = { model, dimensions, onnxruntime: ONNXRUNTIME_VERSION }
    await writeFile(manifestPath(directory), `${JSON.stringify(manifest, null, 2)}\n`)
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
  return installedModel(directory)
}

const tried = async (from: string, places: { files: string; runtime: string }): Promise<number> => {
  try {
    const provider = await openOnnxProvider(places)
    try {
      const [vector] = await provider.embed(['The checkout hangs after paying.'])
      return Buffer.from(vector!, 'base64').length
    } finally {
      await provider.close()
    }
  } catch (error) {
    throw invalid(from, `it does not answer (${error instanceof Error ? error.message : String(error)})`, error)
  }
}
