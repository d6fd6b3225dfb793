import { OutcryError, Problem, createGuard } from '@outcry/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryPorts } from '../test/memory-ports.ts'
import { bearer, restFixture } from '../test/rest-fixture.ts'

const isProblem = createGuard(Problem)
let rest: Awaited<ReturnType<typeof restFixture>>
beforeAll(async () => void (rest = await restFixture()))
afterAll(async () => rest.app.close())

const json = { 'content-type': 'application/json' }
const FAULTY = [
  { what: 'an unknown route', url: '/api/v1/nothing', code: 'ROUTE_NOT_FOUND', status: 404 },
  { what: 'a path that is no URL', url: '/api/v1/issues/%E0%A4%A', code: 'ROUTE_NOT_FOUND', status: 404 },
  { what: 'an unknown issue', url: '/api/v1/issues/none', code: 'NOT_FOUND', status: 404 },
  { what: 'a limit out of range', url: '/api/v1/issues?limit=1000', code: 'REQUEST_INVALID', status: 400 },
  { what: 'a limit that is no number', url: '/api/v1/issues?limit=many', code: 'REQUEST_INVALID', status: 400 },
  { what: 'an unknown filter', url: '/api/v1/issues?colour=red', code: 'REQUEST_INVALID', status: 400 },
  { what: 'an unknown state', url: '/api/v1/issues?state=burning', code: 'REQUEST_INVALID', status: 400 },
  { what: 'a day that does not exist', url: '/api/v1/issues?since=2026-13-41', code: 'REQUEST_INVALID', status: 400 },
  { what: 'a 31st of February', url: '/api/v1/issues?since=2026-02-31', code: 'REQUEST_INVALID', status: 400 },
  { what: 'a made-up cursor', url: '/api/v1/issues?cursor=WyJ4Il0', code: 'CURSOR_INVALID', status: 400 },
  { what: 'a cursor that is noise', url: '/api/v1/issues?cursor=%00%ff!', code: 'CURSOR_INVALID', status: 400 },
  { what: 'half a document', payload: '{"note":', headers: json, code: 'BODY_NOT_JSON', status: 400 },
  { what: 'a prototype in the body', payload: '{"__proto__":{}}', headers: json, code: 'BODY_NOT_JSON', status: 400 },
  { what: 'a field nobody knows', payload: '{"nope":1}', headers: json, code: 'REQUEST_INVALID', status: 400 },
  { what: 'a wrong type', payload: '{"note":7}', headers: json, code: 'REQUEST_INVALID', status: 400 },
  {
    what: 'text',
    payload: 'x',
    headers: { 'content-type': 'text/plain' },
    code: 'CONTENT_TYPE_UNSUPPORTED',
    status: 415,
  },
  {
    what: 'a form',
    payload: 'a=b',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    code: 'CONTENT_TYPE_UNSUPPORTED',
    status: 415,
  },
  {
    what: 'a large body',
    payload: JSON.stringify({ note: 'x'.repeat(5_000) }),
    headers: json,
    code: 'BODY_TOO_LARGE',
    status: 413,
  },
]

describe('a method that a route does not have', () => {
  test.each([
    ['DELETE', '/api/v1/issues/i1', 'GET, HEAD'],
    ['GET', '/api/v1/issues/i1/acknowledge', 'POST'],
    ['PUT', '/api/v1/mentions?source=support', 'POST'],
    ['POST', '/healthz', 'GET, HEAD'],
  ] as const)('%s %s is 405 and says %s', async (method, url, allow) => {
    const answer = await rest.app.inject({ method, url, headers: bearer('admin') })
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, allow])
    expect(answer.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED', status: 405 })
  })
})

describe('problem details', () => {
  test.each(FAULTY)('$what is $status $code', async ({ url, payload, headers, code, status }) => {
    const answer = await rest.app.inject({
      method: payload === undefined ? 'GET' : 'POST',
      url: url ?? '/api/v1/issues/i1/acknowledge',
      headers: { ...bearer('admin'), ...headers },
      ...(payload === undefined ? {} : { payload }),
    })
    const problem: unknown = answer.json()
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(isProblem(problem)).toBe(true)
    expect(problem).toMatchObject({
      code,
      status,
      type: `urn:outcry:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    })
    expect(answer.statusCode).toBe(status)
  })

  test('names path, value and fix of every fault', async () => {
    const answer = await rest.app.inject({ url: '/api/v1/issues?limit=0&state=burning', headers: bearer('viewer') })
    const { faults } = answer.json<Problem>()
    expect(faults?.find(({ path }) => path === 'limit')).toMatchObject({
      value: '0',
      fix: expect.stringContaining('1'),
    })
    expect(faults?.find(({ path }) => path === 'state[0]')).toMatchObject({ value: '"burning"' })
  })

  test('a port that is away is 503 with its own code and a time to retry', async () => {
    const { ports } = memoryPorts()
    const issues = {
      ...ports.issues,
      list: async () => {
        throw new OutcryError('DATABASE_UNREACHABLE', 'connection refused to secret-host', { fix: 'Start Postgres.' })
      },
    }
    const { app } = await restFixture({ ports: { issues } })
    const answer = await app.inject({ url: '/api/v1/issues', headers: bearer('viewer') })
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5'])
    expect(answer.json()).toMatchObject({ code: 'DATABASE_UNREACHABLE', detail: 'Start Postgres.' })
    expect(answer.body).not.toContain('secret-host')
    await app.close()
  })

  test('a bug is 500 INTERNAL and says nothing of its inside', async () => {
    const { ports } = memoryPorts()
    const issues = {
      ...ports.issues,
      get: async () => {
        throw new TypeError('inner detail')
      },
    }
    const { app } = await restFixture({ ports: { issues } })
    const answer = await app.inject({ url: '/api/v1/issues/i1', headers: bearer('viewer') })
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'INTERNAL'])
    expect(answer.body).not.toContain('inner detail')
    await app.close()
  })

  test('more requests than the token may make are 429 until the bucket refills', async () => {
    const { app, clock } = await restFixture({ config: { requestsPerMinute: 2 } })
    const ask = async () => app.inject({ url: '/api/v1/brands', headers: bearer('viewer') })
    const statuses = [(await ask()).statusCode, (await ask()).statusCode]
    const refused = await ask()
    const other = await app.inject({ url: '/api/v1/brands', headers: bearer('admin') })
    expect([...statuses, refused.statusCode, other.statusCode]).toEqual([200, 200, 429, 200])
    await clock.advance(Number(refused.headers['retry-after']) * 1_000)
    expect((await ask()).statusCode).toBe(200)
    await app.close()
  })
})
