import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, restFixture } from '../test/rest-fixture.ts'

let rest: Awaited<ReturnType<typeof restFixture>>
beforeAll(async () => {
  rest = await restFixture({
    config: {
      publicUrl: 'https://outcry.example',
      allowedHosts: ['proxy.internal:8443'],
      allowedOrigins: ['https://wall.example/'],
    },
  })
})
afterAll(async () => rest.app.close())

const ask = async (headers: Record<string, string>, url = '/api/v1/brands') =>
  rest.app.inject({ url, headers: { ...bearer('viewer'), ...headers } })

describe('Host', () => {
  test.each(['localhost', 'LOCALHOST:8080', '127.0.0.1:9', '[::1]:8080', 'outcry.example', 'proxy.internal'])(
    '%s is served',
    async (host) => expect((await ask({ host })).statusCode).toBe(200),
  )
  test.each([
    'evil.example',
    'localhost.evil.example',
    'outcry.example.evil.example',
    '127.0.0.1.nip.io',
    '169.254.169.254',
    'localhost@evil.example',
    'evil.example#localhost',
    '0.0.0.0',
  ])('"%s" is 421 HOST_REFUSED', async (host) => {
    const answer = await ask({ host })
    expect([answer.statusCode, answer.json().code]).toEqual([421, 'HOST_REFUSED'])
  })
  test.each(['/', '/docs/', '/openapi.json', '/healthz', '/metrics', '/nothing-here', '/login?once=x'])(
    'a foreign one is refused at %s too',
    async (url) => expect((await ask({ host: 'evil.example' }, url)).statusCode).toBe(421),
  )
})

describe('Origin', () => {
  test.each(['http://localhost:80', 'https://outcry.example', 'https://wall.example'])('%s may ask', async (origin) => {
    expect((await ask({ origin, host: 'localhost:80' })).statusCode).toBe(200)
  })
  test.each([
    'https://evil.example',
    'null',
    'http://outcry.example',
    'http://localhost:81',
    'https://wall.example.evil',
  ])('%s is 403 ORIGIN_REFUSED', async (origin) => {
    const answer = await ask({ origin, host: 'localhost:80' })
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'ORIGIN_REFUSED'])
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })
})

test('every answer forbids framing, sniffing, scripts from elsewhere and shared caches', async () => {
  for (const url of ['/api/v1/brands', '/nothing-here', '/healthz']) {
    const { headers } = await ask({}, url)
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*script-src 'self'.*frame-ancestors 'none'/)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['cache-control']).toContain('private')
    expect(headers['referrer-policy']).toBe('no-referrer')
  }
})
