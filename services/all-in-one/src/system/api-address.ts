import { once } from 'node:events'
import { type AddressInfo, createServer, isIPv6 } from 'node:net'
import { type Config, OutcryError } from '@outcry/contracts'

type ApiConfig = Config['api']

/** The address people open, without a slash at its end. */
export const publicUrlOf = ({ publicUrl, host, port }: Pick<ApiConfig, 'publicUrl' | 'host' | 'port'>): string => {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '')
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${isIPv6(name) ? `[${name}]` : name}:${port}`
}

/**
 * The port the API will have: the configured one, or a free one for 0, which links in alerts need to know before
 * anything listens. Says early, before a database is started, that it is taken. Throws `PORT_TAKEN`,
 * `HOST_UNAVAILABLE`.
 */
export const settlePort = async ({ host, port }: ApiConfig): Promise<number> => {
  const server = createServer()
  try {
    server.listen({ host, port, exclusive: true })
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      throw new OutcryError('PORT_TAKEN', `port ${port} on ${host} is taken by another program`, {
        fix: `Stop that program, or start on another port, for example: OUTCRY_PORT=${port + 1} npm start`,
        cause: error,
      })
    throw new OutcryError('HOST_UNAVAILABLE', `cannot listen on ${host} port ${port} (${code})`, {
      fix: 'Set api.host to an address of this machine and api.port to one that this user may use.',
      exitCode: 2,
      cause: error,
    })
  } finally {
    server.close()
  }
}
