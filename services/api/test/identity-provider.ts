import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export const CLIENT_SECRET = 'secret-of-outcry-at-the-provider'
export type Account = { email?: string; email_verified?: boolean; groups?: string[]; name?: string }

/**
 * A real OpenID provider on the loopback: `oidc-provider`, with its own pages to sign in and to consent. `open` lets it
 * answer, once the address of its client is known; before and after `away` it answers 503.
 */
export const identityProvider = async (accounts: Record<string, Account>) => {
  const away: RequestListener = (_request, response) => void response.writeHead(503).end()
  let answer = away
  const server = createServer((request, response) => answer(request, response))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const made = new Map<string, RequestListener>()
  const make = (client: string): RequestListener => {
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'outcry',
          client_secret: CLIENT_SECRET,
          redirect_uris: [`${client}/login/oidc/callback`],
          post_logout_redirect_uris: [`${client}/`],
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
      scopes: ['openid', 'email', 'profile', 'groups'],
      findAccount: (_context, sub) =>
        accounts[sub] === undefined ? undefined : { accountId: sub, claims: () => ({ sub, ...accounts[sub] }) },
      cookies: { keys: ['a key for tests'] },
      features: { devInteractions: { enabled: true } },
    })
    const callback = provider.callback()
    return (request, response) => void callback(request, response)
  }
  const open = (client: string): void => {
    answer = made.get(client) ?? make(client)
    made.set(client, answer)
  }
  return {
    issuer,
    open,
    away: () => (answer = away),
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
}
