import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { OutcryError } from '@outcry/contracts'

const explain = (error: unknown, dataDir: string): OutcryError => {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new OutcryError('DISK_FULL', `no space left for the data directory ${dataDir}`, {
      fix: 'Free some space, or set OUTCRY_DATA_DIR to another disk.',
      cause: error,
    })
  }
  return new OutcryError(
    'DATA_DIR_UNWRITABLE',
    `the data directory ${dataDir} cannot be written (${code ?? 'unknown'})`,
    {
      fix: 'Make it writable for this user, or set OUTCRY_DATA_DIR to another directory.',
      cause: error,
    },
  )
}

/** Runs a file operation of the data directory; what fails says what to do about it. */
export const inDataDir = <T>(dataDir: string, work: () => T): T => {
  try {
    return work()
  } catch (error) {
    throw error instanceof OutcryError ? error : explain(error, dataDir)
  }
}

/**
 * Makes the data directory. Only its owner may list it; under root others may pass through, because PostgreSQL runs
 * as another user inside it. Throws `DATA_DIR_UNWRITABLE` or `DISK_FULL`.
 */
export const prepareDataDir = (dataDir: string): void =>
  inDataDir(dataDir, () => {
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    if (!statSync(dataDir).isDirectory()) throw Object.assign(new Error('not a directory'), { code: 'ENOTDIR' })
    accessSync(dataDir, constants.W_OK | constants.X_OK)
  })
