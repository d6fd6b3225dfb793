import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Config } from '@outcry/contracts'
import { dataDirOwner } from '@outcry/store'
import { faulty, fine, type Finding } from './finding.ts'

/** Whether the API can listen where it is told to, or already does. */
export const checkPort = async (config: Config): Promise<Finding> => {
  const { host, port } = config.api
  const owner = dataDirOwner(config.dataDir)
  if (owner !== null) return fine('api', `Outcry runs at ${owner.address} (process ${owner.pid})`)
  const server = createServer()
  try {
    server.listen({ host, port, exclusive: true })
    await once(server, 'listening')
    return fine('api', `${host}:${port} is free`)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'EADDRINUSE'
      ? faulty('api', `${host}:${port} is taken by another process`, 'Stop it, or set OUTCRY_PORT.')
      : faulty('api', `cannot listen on ${host}:${port} (${code})`, 'Correct api.host and api.port.')
  } finally {
    server.close()
  }
}
