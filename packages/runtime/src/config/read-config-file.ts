import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { OutcryError } from '@outcry/contracts'

const NAMES = ['outcry.yaml', 'outcry.yml']
const MAX_CONFIG_BYTES = 16 * 1_048_576

const readIfThere = async (path: string): Promise<Buffer | null> => {
  try {
    return await readFile(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    const fix = code === 'EISDIR' ? 'Name the file, not its directory.' : 'Make it readable for this user.'
    throw new OutcryError('CONFIG_UNREADABLE', `${path} cannot be read (${code ?? 'unknown'})`, {
      fix,
      exitCode: 2,
      cause: error,
    })
  }
}

const decode = (bytes: Buffer, path: string): string => {
  if (bytes.length > MAX_CONFIG_BYTES) {
    throw new OutcryError('CONFIG_UNREADABLE', `${path} is larger than ${MAX_CONFIG_BYTES} bytes`, {
      fix: 'Point --config at the configuration, not at data.',
      exitCode: 2,
    })
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new OutcryError('CONFIG_UNREADABLE', `${path} is not UTF-8`, {
      fix: 'Save it as UTF-8.',
      exitCode: 2,
      cause: error,
    })
  }
}

/** The configuration's text: the file named, else `outcry.yaml` of the working directory, else nothing. */
export const readConfigFile = async (
  named: string | undefined,
  cwd: string,
): Promise<{ path: string; text: string } | null> => {
  for (const name of named === undefined ? NAMES : [named]) {
    const path = resolve(cwd, name)
    const bytes = await readIfThere(path)
    if (bytes) return { path, text: decode(bytes, path) }
  }
  if (named === undefined) return null
  throw new OutcryError('CONFIG_UNREADABLE', `${resolve(cwd, named)} does not exist`, {
    fix: 'Check the path after --config.',
    exitCode: 2,
  })
}
