import { describe, expect, test } from 'vitest'
import { silentLogger, systemClock } from '@outcry/runtime'
import { createHealthApp } from './health-app.ts'
import { createTokenBook } from './token-book.ts'

const TOKEN = 'a-token-of-every-brand-0123'
const app = async (ready = true) =>
  createHealthApp({
    readiness: () => ({ ready, components: [{ name: 'bus', ready, reason: 'unreachable' }] }),
    metricsText: async () => ({ contentType: 'text/plain; version=0.0.4', body: 'outcry_up 1\n' }),
    tokens: createTokenBook([{ name: 'prometheus', token: TOKEN, role: 'viewer' }]),
    requestsPerMinute: 100,
    logger: silentLogger,
    clock: systemClock,
  })

describe('a port for health alone', () => {
  test('answers probes under any name, and 503 with the reason where a part is missing', async () => {
    const headers = { host: '10.1.2.3:9090' }
    const fine = await app()
    expect((await fine.inject({ url: '/healthz', headers, remoteAddress: '10.0.0.8' })).statusCode).toBe(200)
    expect((await fine.inject({ url: '/readyz', headers, remoteAddress: '10.0.0.8' })).statusCode).toBe(200)
    const broken = await (await app(false)).inject({ url: '/readyz', headers })
    expect([broken.statusCode, broken.json()]).toEqual([
      503,
      { ready: false, components: [{ name: 'bus', ready: false, reason: 'unreachable' }] },
    ])
  })

  test('gives metrics to this machine under its own name, to others for a token, and nothing else', async () => {
    const health = await app()
    const ask = async (host: string, remoteAddress: string, authorization?: string) =>
      (
        await health.inject({
          url: '/metrics',
          remoteAddress,
          headers: { host, ...(authorization === undefined ? {} : { authorization }) },
        })
      ).statusCode
    expect(await ask('localhost:9090', '127.0.0.1')).toBe(200)
    expect(await ask('rebound.example', '127.0.0.1')).toBe(421)
    expect(await ask('localhost', '10.0.0.8')).toBe(401)
    expect(await ask('detector-1:9090', '10.0.0.8', `Bearer ${TOKEN}`)).toBe(200)
    expect(await ask('detector-1:9090', '10.0.0.8', 'Bearer wrong-wrong-wrong-wrong')).not.toBe(200)
    expect((await health.inject({ url: '/api/v1/issues' })).statusCode).toBe(404)
    const routes = health.printRoutes({ commonPrefix: false }).match(/\S+ \([A-Z, ]+\)/g)
    expect(routes?.sort()).toEqual(['/healthz (GET, HEAD)', '/metrics (GET, HEAD)', '/readyz (GET, HEAD)'])
  })
})
