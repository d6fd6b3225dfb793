import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { OutcryError } from '@outcry/contracts'
import { inDataDir } from '../data-dir/prepare-data-dir.ts'
import { writeSecretFile } from '../data-dir/write-secret-file.ts'
import { executable } from './binaries.ts'
import type { ClusterPlace } from './place-cluster.ts'
import { runCommand } from './run-command.ts'
import { diskFull, startFailure } from './start-failure.ts'

export const SUPERUSER = 'outcry'
/** An empty cluster with its first log segment takes 40 MiB. */
const MIN_FREE_BYTES = 64 * 1_048_576

const passwordPath = (dataDir: string) => join(dataDir, 'database-password')
/** Says where the database is, so that a data directory moved or copied without it does not begin empty unasked. */
const placePath = (dataDir: string) => join(dataDir, 'database-place')

/** The server's password, or null before the first start. */
export const readPassword = (dataDir: string): string | null =>
  existsSync(passwordPath(dataDir)) ? readFileSync(passwordPath(dataDir), 'utf8').trim() : null

const ensurePassword = (dataDir: string): string => {
  writeSecretFile(dataDir, passwordPath(dataDir), `${randomBytes(24).toString('base64url')}\n`)
  return inDataDir(dataDir, () => readFileSync(passwordPath(dataDir), 'utf8').trim())
}

const makeOwned = (directory: string, place: ClusterPlace) => {
  mkdirSync(directory, { mode: 0o700 })
  if (place.user) chownSync(directory, place.user.uid, place.user.gid)
}

const runInitdb = async (place: ClusterPlace, draft: string, password: string) => {
  const passwordFile = join(draft, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (place.user) chownSync(passwordFile, place.user.uid, place.user.gid)
  const { code, output } = await runCommand(
    executable(place.binaries, 'initdb'),
    [
      `--pgdata=${join(draft, 'cluster')}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      // Without these it takes the locale of whoever starts it first, and another sort order on the next machine.
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
    ],
    { user: place.user, cwd: draft },
  )
  if (code !== 0) throw startFailure(output, place.dataDir)
}

/** initdb on a full disk dies of something else first, so the question is asked before. */
const refuseFullDisk = ({ cluster, dataDir }: ClusterPlace) => {
  const { bavail, bsize } = statfsSync(dirname(cluster))
  if (bavail * bsize < MIN_FREE_BYTES) throw diskFull(dataDir)
}

const notePlace = ({ cluster, dataDir }: ClusterPlace) => {
  if (readPlace(dataDir) !== cluster) inDataDir(dataDir, () => writeFileSync(placePath(dataDir), `${cluster}\n`))
}

const readPlace = (dataDir: string): string | null =>
  existsSync(placePath(dataDir)) ? readFileSync(placePath(dataDir), 'utf8').trim() : null

/** Makes the cluster on first use: whole or not at all, so that a start killed half-way leaves nothing behind. */
export const ensureCluster = async (place: ClusterPlace): Promise<string> => {
  const { cluster, dataDir } = place
  const fresh = !existsSync(join(cluster, 'PG_VERSION'))
  if (!fresh && readPassword(dataDir) === null) {
    throw new OutcryError('DATABASE_PASSWORD_LOST', `${passwordPath(dataDir)} is gone, but ${cluster} needs it`, {
      fix: `Restore the file, or begin with an empty database: mv ${cluster} ${cluster}.old`,
    })
  }
  const before = readPlace(dataDir)
  if (fresh && before !== null && readPassword(dataDir) !== null) {
    throw new OutcryError('DATABASE_ELSEWHERE', `the database of ${dataDir} was in ${before}; none is in ${cluster}`, {
      fix: `With Outcry stopped, bring it there: cp -a ${before} ${cluster}. Or begin with an empty one: rm ${placePath(dataDir)}`,
    })
  }
  const password = ensurePassword(dataDir)
  if (!fresh) {
    notePlace(place)
    return password
  }

  refuseFullDisk(place)
  const draft = `${cluster}.draft.${process.pid}`
  inDataDir(dataDir, () => {
    rmSync(draft, { recursive: true, force: true })
    makeOwned(draft, place)
  })
  try {
    await runInitdb(place, draft, password)
    inDataDir(dataDir, () => renameUnlessThere(join(draft, 'cluster'), cluster))
    notePlace(place)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  return password
}

const renameUnlessThere = (from: string, to: string) => {
  try {
    renameSync(from, to)
  } catch (error) {
    if (!existsSync(join(to, 'PG_VERSION'))) throw error
  }
}
