import type { HttpRequest } from './http-client.ts'

const MOST_REDIRECTS = 5
const REDIRECTS = new Set([301, 302, 303, 307, 308])
/** What may be told to another host than the one that was asked. */
const HARMLESS = new Set(['accept', 'user-agent', 'if-none-match', 'if-modified-since'])

/**
 * Asks, and follows redirects as `fetch` does, but tells another host neither keys nor a body: `fetch` drops only the
 * headers that it knows to be secret, and platforms have headers of their own.
 */
export const followed = async (
  { method = 'GET', url, body }: HttpRequest,
  { headers, signal }: { headers: Readonly<Record<string, string>>; signal: AbortSignal },
): Promise<Response> => {
  let next = { method, url, headers, body }
  for (let redirects = 0; ; redirects += 1) {
    const { url: address, body: sent, ...rest } = next
    const response = await fetch(address, {
      ...rest,
      ...(sent === undefined ? {} : { body: sent }),
      redirect: 'manual',
      signal,
    })
    const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null
    if (location === null) return response
    await response.body?.cancel()
    if (redirects === MOST_REDIRECTS) throw new Error(`the platform redirects more than ${MOST_REDIRECTS} times`)
    const target = URL.canParse(location, address) ? new URL(location, address) : null
    if (target === null || !/^https?:$/.test(target.protocol)) throw new Error('the platform redirects to no address')
    const isSameHost = target.origin === new URL(address).origin
    if (!isSameHost && next.method === 'POST') throw new Error('the platform redirects a request with a body elsewhere')
    const becomesGet = response.status === 303 || (response.status < 303 && next.method === 'POST')
    next = {
      method: becomesGet ? 'GET' : next.method,
      url: target.href,
      headers: isSameHost ? next.headers : harmless(next.headers),
      body: becomesGet ? undefined : next.body,
    }
  }
}

const harmless = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.has(name.toLowerCase())))
