import { type Config, OutcryError } from '@outcry/contracts'
import { silentLogger } from '@outcry/runtime'
import { attachEmbedded, dataDirOwner, lockDataDir, startEmbedded } from '@outcry/store'

/** Lends the address of the database of a configuration: the given one, the embedded one that runs, or one started for it. */
export const withDatabaseUrl = async <T>(config: Config, work: (url: string) => Promise<T>): Promise<T> => {
  const { url } = config.database
  if (url !== undefined) return work(url)
  if (dataDirOwner(config.dataDir) !== null) return work((await attachEmbedded(config.dataDir)).url)
  const unlock = lockDataDir(config.dataDir, 'outcry backup or restore')
  try {
    const server = await startEmbedded(config.dataDir, { logger: silentLogger })
    try {
      return await work(server.url)
    } finally {
      await server.stop()
    }
  } finally {
    unlock()
  }
}

/** Refuses a data directory that an Outcry runs on. Throws `DATA_DIR_IN_USE`. */
export const refuseRunning = (config: Config): void => {
  const owner = config.database.url === undefined ? dataDirOwner(config.dataDir) : null
  if (owner === null) return
  throw new OutcryError('DATA_DIR_IN_USE', `Outcry runs on ${config.dataDir} (process ${owner.pid})`, {
    fix: 'Restore into a new data directory: OUTCRY_DATA_DIR.',
  })
}
