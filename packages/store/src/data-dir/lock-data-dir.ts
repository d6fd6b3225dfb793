import { readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { OutcryError } from '@outcry/contracts'
import { inDataDir, prepareDataDir } from './prepare-data-dir.ts'
import { isAlive, processStart } from './process-identity.ts'
import { writeSecretFile } from './write-secret-file.ts'

/** Who runs on a data directory: the process, when it started, and where people reach it. */
export type DataDirOwner = { pid: number; start: string | null; address: string }

const MAX_TRIES = 5
const heldHere = new Set<string>()

const readOwner = (path: string): DataDirOwner | null => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as DataDirOwner
  } catch {
    return null
  }
}

const lives = (owner: DataDirOwner | null, path: string): owner is DataDirOwner => {
  if (!owner) return false
  if (owner.pid === process.pid) return heldHere.has(path)
  return isAlive(owner.pid) && (owner.start === null || processStart(owner.pid) === owner.start)
}

const inUse = (dataDir: string, { pid, address }: DataDirOwner) =>
  new OutcryError('DATA_DIR_IN_USE', `Outcry already runs on ${dataDir} (process ${pid}, ${address})`, {
    fix: `Open ${address}, stop process ${pid}, or give this one its own OUTCRY_DATA_DIR.`,
  })

/** Puts the leavings of a dead owner aside; what turns out to be a living one's goes back. */
const removeDead = (dataDir: string, path: string) => {
  const aside = `${path}.dead.${process.pid}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  const moved = readOwner(aside)
  if (lives(moved, path)) writeSecretFile(dataDir, path, JSON.stringify(moved))
  rmSync(aside, { force: true })
}

/** Who runs on the data directory now, or null. */
export const dataDirOwner = (dataDir: string): DataDirOwner | null => {
  const path = join(dataDir, 'outcry.pid')
  const owner = readOwner(path)
  return lives(owner, path) ? owner : null
}

/**
 * Claims the data directory for this process. The claim of a killed predecessor counts for nothing. Throws
 * `DATA_DIR_IN_USE` with the owner's id and address. Returns the release, which is safe to call twice.
 */
export const lockDataDir = (dataDir: string, address: string): (() => void) => {
  prepareDataDir(dataDir)
  const path = join(dataDir, 'outcry.pid')
  const mine: DataDirOwner = { pid: process.pid, start: processStart(process.pid), address }
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    if (writeSecretFile(dataDir, path, JSON.stringify(mine))) {
      heldHere.add(path)
      return () => void (heldHere.delete(path) && rmSync(path, { force: true }))
    }
    const owner = readOwner(path)
    if (lives(owner, path)) throw inUse(dataDir, owner)
    inDataDir(dataDir, () => removeDead(dataDir, path))
  }
  throw inUse(dataDir, readOwner(path) ?? mine)
}
