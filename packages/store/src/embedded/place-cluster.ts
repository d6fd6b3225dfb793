import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { inDataDir, prepareDataDir } from '../data-dir/prepare-data-dir.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { chooseClusterUser, type ClusterUser } from './cluster-user.ts'
import { reachableBy } from './reachable-by.ts'

/** Where an installation keeps its embedded server. */
export type ClusterPlace = {
  dataDir: string
  cluster: string
  binaries: Binaries
  user: ClusterUser | null
  /** Said to people once, when the files are somewhere they would not look. */
  note: string | null
}

const SHARED_ROOT = '/var/lib/outcry'

const sharedHome = (dataDir: string): string =>
  join(SHARED_ROOT, createHash('sha256').update(dataDir).digest('hex').slice(0, 16))

const makeSharedHome = (home: string) =>
  inDataDir(home, () => {
    mkdirSync(home, { recursive: true })
    for (const directory of [SHARED_ROOT, home]) chmodSync(directory, 0o711)
  })

/** A copy of the binaries where the user can reach them, made once per version. */
const copyBinaries = (binaries: Binaries): Binaries => {
  const version = createHash('sha256').update(realpathSync(binaries.root)).digest('hex').slice(0, 16)
  const root = join(SHARED_ROOT, `postgresql-${version}`)
  if (existsSync(root)) return { root }
  return inDataDir(SHARED_ROOT, () => {
    mkdirSync(SHARED_ROOT, { recursive: true })
    chmodSync(SHARED_ROOT, 0o711)
    const draft = `${root}.${process.pid}`
    cpSync(binaries.root, draft, { recursive: true, verbatimSymlinks: true })
    try {
      renameSync(draft, root)
    } catch (error) {
      rmSync(draft, { recursive: true, force: true })
      if (!existsSync(root)) throw error
    }
    return { root }
  })
}

/**
 * Decides where the cluster lives and who runs it. Under root the server runs as another user; where that user cannot
 * reach the data directory or the packages (a home of mode 0700), cluster and binaries go below /var/lib/outcry.
 */
export const placeCluster = async (wanted: string): Promise<ClusterPlace> => {
  prepareDataDir(wanted)
  const dataDir = realpathSync(wanted)
  const user = chooseClusterUser()
  const found = await findBinaries()
  const own = join(dataDir, 'postgres')
  if (!user) return { dataDir, cluster: own, binaries: found, user, note: null }

  const binaries = reachableBy(join(realpathSync(found.root), 'bin'), user) ? found : copyBinaries(found)
  if (reachableBy(dataDir, user)) return { dataDir, cluster: own, binaries, user, note: null }
  const home = sharedHome(dataDir)
  makeSharedHome(home)
  const note = `user ${user.name} cannot enter ${dirname(dataDir)}/${basename(dataDir)}: the database lives in ${home}`
  return { dataDir, cluster: join(home, 'postgres'), binaries, user, note }
}
