import { existsSync } from 'node:fs'
import { dataDirOwner } from '../data-dir/lock-data-dir.ts'
import { placeCluster } from './place-cluster.ts'
import { readPostmaster, runsCluster } from './postmaster.ts'

/** The embedded server that runs on a data directory although no Outcry does: a killed one left it. Null without one. */
export const orphanedServer = async (dataDir: string): Promise<{ pid: number; cluster: string } | null> => {
  if (!existsSync(dataDir) || dataDirOwner(dataDir) !== null) return null
  const { cluster } = await placeCluster(dataDir)
  const server = readPostmaster(cluster)
  return server !== null && runsCluster(server.pid, cluster) ? { pid: server.pid, cluster } : null
}
