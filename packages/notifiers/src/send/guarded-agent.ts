import type { LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { createConnectGuard } from './guarded-connect.ts'

const CONNECTIONS = 16
const KEEP_ALIVE_MS = 10_000

/**
 * Connections of one target. Every address is checked when a connection is made, be it written in the URL in whatever
 * notation (the URL parser has made it canonical) or found by name. Plain http only reaches what `allowPrivate` names.
 */
export const createGuardedAgent = (options: {
  allowPrivate: readonly string[]
  connectTimeoutMs: number
  resolve?: LookupFunction
}): Agent => {
  const guard = createConnectGuard(options.allowPrivate, options.resolve)
  const timeout = options.connectTimeoutMs
  const connectors = {
    secure: buildConnector({ timeout, lookup: guard.lookup('secure') }),
    plain: buildConnector({ timeout, lookup: guard.lookup('plain') }),
  }
  const connect: buildConnector.connector = (target, callback) => {
    const secrecy = target.protocol === 'https:' ? 'secure' : 'plain'
    try {
      guard.checkLiteral(target.hostname, secrecy)
    } catch (error) {
      return callback(error as Error, null)
    }
    return connectors[secrecy](target, callback)
  }
  return new Agent({ connect, connections: CONNECTIONS, keepAliveTimeout: KEEP_ALIVE_MS, pipelining: 1 })
}
