import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Config } from '@outcry/contracts'
import { dataDirOwner } from '@outcry/store'
import { publicUrlOf } from '../system/api-address.ts'
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
    if (code === 'EADDRINUSE' && (await isOutcry(publicUrlOf({ host, port }))))
      return fine('api', `Outcry runs on ${host}:${port}`)
    return code === 'EADDRINUSE'
      ? faulty('api', `${host}:${port} is taken by another process`, 'Stop it, or set OUTCRY_PORT.')
      : faulty('api', `cannot listen on ${host}:${port} (${code})`, 'Correct api.host and api.port.')
  } finally {
    server.close()
  }
}

const ANSWER_TIMEOUT_MS = 3_000

/** With a database of its own, a running Outcry is known by nothing but its answer. */
const isOutcry = async (url: string): Promise<boolean> => {
  try {
    const answer = await fetch(`${url}/openapi.json`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) })
    const { info } = (await answer.json()) as { info?: { title?: unknown } }
    return info?.title === 'Outcry'
  } catch {
    return false
  }
}
