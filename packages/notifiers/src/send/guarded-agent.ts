import { isIP } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { addressRefused, createAddressGuard, guardedLookup } from './address-guard.ts'

const CONNECTIONS = 16
const KEEP_ALIVE_MS = 10_000

/**
 * Connections of one target. Every address is checked when a connection is made, be it written in the URL in whatever
 * notation (the URL parser has made it canonical) or found by name. Plain http only reaches what `allowPrivate` names.
 */
export const createGuardedAgent = (options: { allowPrivate: readonly string[]; connectTimeoutMs: number }): Agent => {
  const guard = createAddressGuard(options.allowPrivate)
  const timeout = options.connectTimeoutMs
  const anyAllowed = buildConnector({ timeout, lookup: guardedLookup(guard, () => true) })
  const connect: buildConnector.connector = (target, callback) => {
    const hostname = target.hostname.replace(/^\[|\]$/g, '')
    const secure = target.protocol === 'https:'
    if (isIP(hostname) !== 0) {
      const fine = secure ? guard.allows(hostname, hostname) : guard.names(hostname, hostname)
      if (!fine) return callback(addressRefused(hostname), null)
      return anyAllowed(target, callback)
    }
    if (secure) return anyAllowed(target, callback)
    const onlyNamed = guardedLookup(guard, (address) => guard.names(hostname, address))
    return buildConnector({ timeout, lookup: onlyNamed })(target, callback)
  }
  return new Agent({ connect, connections: CONNECTIONS, keepAliveTimeout: KEEP_ALIVE_MS, pipelining: 1 })
}
