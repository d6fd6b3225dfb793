import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OutcryError } from '@outcry/contracts'

/** What a model directory must have. */
export const MODEL_FILES = ['model.onnx', 'tokenizer.json', 'tokenizer_config.json'] as const

/** What is done with the files; a change of it makes other vectors of the same files. */
const RECIPE = 'mean pooling, unit length, signed bytes; one text a run'
const DIGEST_CHARS = 32

/**
 * Names a model by its files and what is done with them. Throws `EMBEDDING_MODEL_INVALID` where a file is missing or is
 * not what its name says.
 */
export const modelDigest = async (directory: string): Promise<string> => {
  const hash = createHash('sha256').update(RECIPE)
  for (const name of MODEL_FILES) {
    const bytes = await readFile(join(directory, name)).catch((error: NodeJS.ErrnoException) => {
      throw invalid(directory, `${name} cannot be read (${error.code ?? error.message})`)
    })
    if (bytes.length === 0) throw invalid(directory, `${name} is empty`)
    if (name.endsWith('.json') && !isJson(bytes)) throw invalid(directory, `${name} is not JSON`)
    hash.update(name).update(createHash('sha256').update(bytes).digest())
  }
  return hash.digest('hex').slice(0, DIGEST_CHARS)
}

/** A directory that is no model, with what is wrong in it. */
export const invalid = (directory: string, what: string, cause?: unknown): OutcryError =>
  new OutcryError('EMBEDDING_MODEL_INVALID', `${directory} is no model: ${what}`, {
    fix: `Name a directory with ${MODEL_FILES.join(', ')} of a BERT-like sentence model.`,
    exitCode: 2,
    cause,
  })

const isJson = (bytes: Buffer): boolean => {
  try {
    JSON.parse(bytes.toString('utf8'))
    return true
  } catch {
    return false
  }
}
