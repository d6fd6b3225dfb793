import { isIP } from 'node:net'
import { OutcryError, type Config } from '@outcry/contracts'

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')

/** Refuses to serve the world while nobody has been given a token. */
export const checkExposure = ({ host, tokens, oidc }: Pick<Config['api'], 'host' | 'tokens' | 'oidc'>): void => {
  if (isLoopback(host) || tokens.length > 0 || oidc !== undefined) return
  throw new OutcryError('API_TOKENS_MISSING', `api.host ${host} is reachable from elsewhere and api.tokens is empty`, {
    fix: 'Add a token to api.tokens for everyone who shall use it, set api.oidc, or listen on 127.0.0.1.',
    exitCode: 2,
  })
}

/** Where people reach it: publicUrl, else the address it listens on; a wildcard is reached at 127.0.0.1. */
export const publicAddress = ({ host, publicUrl }: Pick<Config['api'], 'host' | 'publicUrl'>, port: number): string => {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '')
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${isIP(name) === 6 ? `[${name}]` : name}:${port}`
}

/** Why listening failed, for people. `section` of the configuration has the host and the port. */
export const listenError = (error: unknown, host: string, port: number, section: 'api' | 'health' = 'api'): unknown => {
  const variable = section === 'api' ? 'OUTCRY_PORT' : 'OUTCRY_HEALTH_PORT'
  const code = (error as { code?: unknown }).code
  if (code === 'EADDRINUSE')
    return new OutcryError('PORT_TAKEN', `port ${port} on ${host} is taken by another program`, {
      fix: `Stop that program, or set ${section}.port or ${variable} to a free port (0 takes any).`,
      cause: error,
    })
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new OutcryError('HOST_UNAVAILABLE', `cannot listen on ${host} port ${port}`, {
      fix: `Set ${section}.host to an address of this machine and ${section}.port to one that this user may use.`,
      exitCode: 2,
      cause: error,
    })
  return error
}
