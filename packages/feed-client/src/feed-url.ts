const PATH = '/api/v1/feed'
const PROTOCOLS: Readonly<Record<string, string>> = { 'http:': 'ws:', 'https:': 'wss:', 'ws:': 'ws:', 'wss:': 'wss:' }

/** The feed's address from that of the API, or of the feed itself; a path before it is kept. Throws a TypeError. */
export const feedUrl = (given: string | URL): string => {
  const url = new URL(given)
  const protocol = PROTOCOLS[url.protocol]
  if (protocol === undefined) throw new TypeError(`url: ${url.protocol} is not http:, https:, ws: or wss:`)
  url.protocol = protocol
  url.hash = ''
  const path = url.pathname.replace(/\/+$/, '')
  url.pathname = path.endsWith(PATH) ? path : `${path}${PATH}`
  return url.href
}
