import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Config } from '@outcry/contracts'
import { systemClock } from '@outcry/runtime'
import { afterEach, describe, expect, it } from 'vitest'
import { checkIdentityProvider } from './check-identity-provider.ts'

let server: Server
afterEach(() => void server?.close())

/** The check of a provider that answers every question with this. */
const checked = async (answer: (issuer: string) => string) => {
  server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer(issuer))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const oidc = { issuer, clientId: 'outcry', clientAuth: 'basic', clockToleranceMs: 0, scopes: [], access: [] }
  const api = { host: '127.0.0.1', port: 8_080, publicUrl: 'https://outcry.example/', oidc } as unknown as Config['api']
  return checkIdentityProvider({ api }, systemClock)
}

describe('the identity provider', () => {
  it('is asked for what it says of itself, and told where it sends people back to', async () => {
    const found = await checked((issuer) => JSON.stringify({ issuer, authorization_endpoint: `${issuer}/auth` }))
    expect(found).toEqual([
      {
        check: 'identity provider',
        ok: true,
        detail: expect.stringContaining('redirect address https://outcry.example/login/oidc/callback') as string,
      },
    ])
  })

  it.each([
    ['names another issuer', () => JSON.stringify({ issuer: 'https://evil.example' })],
    ['answers with a page', () => '<!doctype html><title>Maintenance</title>'],
    ['answers with nothing', () => ''],
  ])('that %s is a fault with its fix', async (_what, answer) => {
    expect(await checked(answer)).toMatchObject([
      { ok: false, fix: expect.stringContaining('api.oidc.issuer') as string },
    ])
  })

  it('is no matter where none is configured', async () => {
    expect(await checkIdentityProvider({ api: {} as Config['api'] }, systemClock)).toEqual([])
  })
})
