import { afterEach, describe, expect, test } from 'vitest'
import { bearer, restFixture, TOKENS } from '../test/rest-fixture.ts'

const open: { close(): Promise<unknown> }[] = []
const fixture = async (...args: Parameters<typeof restFixture>) => {
  const rest = await restFixture(...args)
  open.push(rest.app)
  return rest
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

const cookieOf = (answer: { headers: Record<string, unknown> }) =>
  String(answer.headers['set-cookie']).split(';')[0] ?? ''

describe('the one-time link', () => {
  test('signs a browser in once, with a cookie that scripts and other sites cannot use', async () => {
    const rest = await fixture()
    const url = `/login?once=${await rest.sessions.issueCode(TOKENS.admin)}`
    const first = await rest.app.inject({ url })
    expect([first.statusCode, first.headers.location]).toEqual([303, '/'])
    expect(first.headers['set-cookie']).toMatch(/HttpOnly; SameSite=Strict/)
    const me = await rest.app.inject({ url: '/api/v1/session', headers: { cookie: cookieOf(first) } })
    expect(me.json()).toEqual({ name: 'admin', role: 'admin', brands: null })

    const second = await rest.app.inject({ url })
    expect([second.headers.location, second.headers['set-cookie']]).toEqual(['/#sign-in=expired', undefined])
  })

  test('is not used up by a HEAD, as scanners of mail send it', async () => {
    const rest = await fixture()
    const url = `/login?once=${await rest.sessions.issueCode(TOKENS.admin)}`
    expect((await rest.app.inject({ method: 'HEAD', url })).statusCode).toBe(405)
    expect((await rest.app.inject({ url })).headers.location).toBe('/')
  })

  test('is good for 15 minutes, its session for 12 hours', async () => {
    const rest = await fixture()
    const late = await rest.sessions.issueCode(TOKENS.admin)
    const inTime = await rest.sessions.issueCode(TOKENS.admin)
    await rest.clock.advance(14 * 60_000)
    const cookie = cookieOf(await rest.app.inject({ url: `/login?once=${inTime}` }))
    await rest.clock.advance(60_000)
    expect((await rest.app.inject({ url: `/login?once=${late}` })).headers['set-cookie']).toBeUndefined()
    await rest.clock.advance(11 * 3_600_000)
    expect((await rest.app.inject({ url: '/api/v1/brands', headers: { cookie } })).statusCode).toBe(200)
    await rest.clock.advance(3_600_000)
    expect((await rest.app.inject({ url: '/api/v1/brands', headers: { cookie } })).statusCode).toBe(401)
  })

  test('is Secure where the public address is https', async () => {
    const rest = await fixture({ config: { publicUrl: 'https://outcry.example' } })
    const answer = await rest.app.inject({ url: `/login?once=${await rest.sessions.issueCode(TOKENS.admin)}` })
    expect(answer.headers['set-cookie']).toContain('; Secure')
  })
})

describe('a session', () => {
  test('keeps the role and brands of its token, and ends when it is closed', async () => {
    const rest = await fixture()
    const opened = await rest.app.inject({ method: 'POST', url: '/api/v1/session', headers: bearer('acmeViewer') })
    const headers = { cookie: cookieOf(opened), origin: 'http://localhost:80', host: 'localhost:80' }
    expect((await rest.app.inject({ url: '/api/v1/issues/i2', headers })).statusCode).toBe(404)
    const write = await rest.app.inject({ method: 'POST', url: '/api/v1/issues/i1/acknowledge', headers, payload: {} })
    expect(write.json().code).toBe('ROLE_INSUFFICIENT')
    expect((await rest.app.inject({ method: 'DELETE', url: '/api/v1/session', headers })).statusCode).toBe(204)
    expect((await rest.app.inject({ url: '/api/v1/session', headers })).statusCode).toBe(401)
  })

  test('cannot write without an Origin, nor from a foreign one', async () => {
    const rest = await fixture()
    const cookie = cookieOf(await rest.app.inject({ method: 'POST', url: '/api/v1/session', headers: bearer('admin') }))
    const write = async (headers: Record<string, string>) =>
      rest.app.inject({
        method: 'POST',
        url: '/api/v1/issues/i1/acknowledge',
        headers: { cookie, ...headers },
        payload: {},
      })
    expect((await write({})).json().code).toBe('ORIGIN_REFUSED')
    expect((await write({ origin: 'https://evil.example' })).json().code).toBe('ORIGIN_REFUSED')
    expect((await write({ origin: 'http://localhost:80', host: 'localhost:80' })).statusCode).toBe(200)
    expect(rest.issues[0]?.acknowledgedBy).toBe('admin')
  })

  test('does not open another session, and a wrong token is not healed by a cookie', async () => {
    const rest = await fixture()
    const cookie = cookieOf(await rest.app.inject({ method: 'POST', url: '/api/v1/session', headers: bearer('admin') }))
    const headers = { cookie, origin: 'http://localhost:80', host: 'localhost:80' }
    expect((await rest.app.inject({ method: 'POST', url: '/api/v1/session', headers })).statusCode).toBe(401)
    const mixed = { ...headers, authorization: 'Bearer wrong-token-wrong-token' }
    expect((await rest.app.inject({ url: '/api/v1/brands', headers: mixed })).statusCode).toBe(401)
  })
})

describe('metrics and health', () => {
  test('are open to this machine; metrics ask others, and those behind a proxy, for a token of every brand', async () => {
    const rest = await fixture()
    const ask = async (remoteAddress: string, headers: Record<string, string> = {}) =>
      (await rest.app.inject({ url: '/metrics', remoteAddress, headers })).statusCode
    expect(await ask('127.0.0.1')).toBe(200)
    expect(await ask('10.0.0.8')).toBe(401)
    expect(await ask('127.0.0.1', { 'x-forwarded-for': '203.0.113.9' })).toBe(401)
    expect(await ask('10.0.0.8', bearer('viewer'))).toBe(200)
    expect(await ask('127.0.0.1', bearer('acmeAdmin'))).toBe(403)
    expect((await rest.app.inject({ url: '/healthz', remoteAddress: '10.0.0.8' })).json()).toEqual({ status: 'ok' })
  })

  test('readiness is 503 with the part that is missing', async () => {
    const components = [{ name: 'bus', ready: false, reason: 'unreachable' }]
    const rest = await fixture({ ports: { readiness: () => ({ ready: false, components }) } })
    const answer = await rest.app.inject({ url: '/readyz' })
    expect([answer.statusCode, answer.json()]).toEqual([503, { ready: false, components }])
  })
})
