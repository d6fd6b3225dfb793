import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from './refusal.ts'

export type Neighbourhood = {
  /** Address in links, for example of a proxy; its host and origin are accepted. */
  publicUrl?: string
  allowedHosts: readonly string[]
  allowedOrigins: readonly string[]
}

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]']

const hostnameOf = (host: string): string | null => {
  const url = `http://${host}/`
  if (!/^[a-z0-9.:[\]_-]{1,255}$/i.test(host) || !URL.canParse(url)) return null
  return new URL(url).hostname
}

/**
 * Refuses requests whose Host is not ours (DNS rebinding) and browsers that come from elsewhere. `originAllowed` is
 * also what the feed asks.
 */
export const createHostGuard = (near: Neighbourhood) => {
  const publicUrl = near.publicUrl === undefined ? null : new URL(near.publicUrl)
  const hosts = new Set([
    ...LOOPBACK_NAMES,
    ...near.allowedHosts.map((host) => hostnameOf(host) ?? host.toLowerCase()),
    ...(publicUrl ? [publicUrl.hostname] : []),
  ])
  const origins = new Set([
    ...near.allowedOrigins.map((origin) => origin.replace(/\/+$/, '').toLowerCase()),
    ...(publicUrl ? [publicUrl.origin] : []),
  ])

  const hostAllowed = (host: string | undefined) => {
    const name = host === undefined ? null : hostnameOf(host)
    return name !== null && hosts.has(name)
  }
  /** No Origin is a program; the page's own origin is the host it was asked at. */
  const originAllowed = (request: Pick<FastifyRequest, 'headers'>) => {
    const { origin, host } = request.headers
    if (origin === undefined) return true
    return origins.has(origin.toLowerCase()) || origin === `http://${host}` || origin === `https://${host}`
  }

  const register = (app: FastifyInstance): void => {
    app.addHook('onRequest', async (request) => {
      if (!hostAllowed(request.headers.host))
        throw new Refusal('HOST_REFUSED', 'Ask at localhost, at publicUrl, or add the host to api.allowedHosts.')
      if (!originAllowed(request))
        throw new Refusal('ORIGIN_REFUSED', 'Add the origin to api.allowedOrigins if its pages may use this API.')
    })
  }
  return { register, originAllowed, hostAllowed }
}
