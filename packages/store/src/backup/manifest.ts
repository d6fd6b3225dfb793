import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BackupManifest, createParser, OutcryError } from '@outcry/contracts'

const parseManifest = createParser(BackupManifest)

export const manifestPath = (directory: string): string => join(directory, 'manifest.json')
export const tablePath = (directory: string, table: string): string => join(directory, `${table}.copy.gz`)

export const backupInvalid = (directory: string, why: string, cause?: unknown): OutcryError =>
  new OutcryError('BACKUP_INVALID', `${directory} is no whole backup: ${why}`, {
    fix: 'Name a directory that `outcry backup` finished, as it was written.',
    exitCode: 2,
    cause,
  })

/** The manifest of a backup. Throws `BACKUP_INVALID`. */
export const readManifest = async (directory: string): Promise<BackupManifest> => {
  let value: unknown
  try {
    value = JSON.parse(await readFile(manifestPath(directory), 'utf8'))
  } catch (error) {
    throw backupInvalid(directory, 'its manifest.json cannot be read', error)
  }
  const parsed = parseManifest(value)
  if (parsed.ok) return parsed.value
  const [fault] = parsed.faults
  throw backupInvalid(directory, `manifest.json: ${fault?.path ?? ''} ${fault?.message ?? 'has another shape'}`)
}
