import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ROLE_OF, TOKENS, bearer, restFixture, type TokenName } from '../test/rest-fixture.ts'
import type { Act } from './ports-of-writes.ts'
import { roleCovers } from './principal.ts'

type Row = {
  method: 'GET' | 'POST'
  url: string
  least: 'viewer' | 'responder' | 'admin'
  /** Brand of the thing asked for; null where the list is cut to the scope instead. */
  brand: string | null
  /** Asks for a token without a brand scope. */
  everyBrand?: boolean
  body?: object
}
const ROUTES: Row[] = [
  { method: 'GET', url: '/api/v1/issues', least: 'viewer', brand: null },
  { method: 'GET', url: '/api/v1/issues/i1', least: 'viewer', brand: 'acme' },
  { method: 'GET', url: '/api/v1/issues/i2', least: 'viewer', brand: 'globex' },
  { method: 'GET', url: '/api/v1/issues/i3', least: 'viewer', brand: 'acme#drill-7' },
  { method: 'GET', url: '/api/v1/issues/i2/mentions', least: 'viewer', brand: 'globex' },
  { method: 'GET', url: '/api/v1/issues/i1/mentions', least: 'viewer', brand: 'acme' },
  { method: 'GET', url: '/api/v1/issues/i2/timeline', least: 'viewer', brand: 'globex' },
  { method: 'GET', url: '/api/v1/issues/i1/timeline', least: 'viewer', brand: 'acme' },
  { method: 'GET', url: '/api/v1/clusters', least: 'viewer', brand: null },
  { method: 'GET', url: '/api/v1/clusters/c1', least: 'viewer', brand: 'acme' },
  { method: 'GET', url: '/api/v1/clusters/c2', least: 'viewer', brand: 'globex' },
  { method: 'GET', url: '/api/v1/brands', least: 'viewer', brand: null },
  { method: 'GET', url: '/api/v1/brands/acme/pages', least: 'viewer', brand: 'acme' },
  { method: 'GET', url: '/api/v1/sources', least: 'viewer', brand: null },
  { method: 'GET', url: '/api/v1/deliveries', least: 'viewer', brand: null },
  { method: 'GET', url: '/api/v1/session', least: 'viewer', brand: null },
  ...['acknowledge', 'announce', 'resolve'].flatMap((verb): Row[] => [
    { method: 'POST', url: `/api/v1/issues/i1/${verb}`, least: 'responder', brand: 'acme', body: {} },
    { method: 'POST', url: `/api/v1/issues/i2/${verb}`, least: 'responder', brand: 'globex', body: {} },
  ]),
  { method: 'POST', url: '/api/v1/issues/i1/dismiss', least: 'responder', brand: 'acme', body: { reason: 'a meme' } },
  { method: 'POST', url: '/api/v1/issues/i2/dismiss', least: 'responder', brand: 'globex', body: { reason: 'a meme' } },
  { method: 'POST', url: '/api/v1/issues/i1/merge', least: 'responder', brand: 'acme', body: { into: 'i1' } },
  { method: 'POST', url: '/api/v1/issues/i1/merge', least: 'responder', brand: 'globex', body: { into: 'i2' } },
  { method: 'POST', url: '/api/v1/issues/i1/split', least: 'responder', brand: 'acme', body: { mentionIds: ['m1'] } },
  { method: 'POST', url: '/api/v1/issues/i2/split', least: 'responder', brand: 'globex', body: { mentionIds: ['m1'] } },
  ...(['i1', 'i2'] as const).flatMap((id): Row[] => {
    const brand = id === 'i1' ? 'acme' : 'globex'
    return [
      { method: 'GET', url: `/api/v1/issues/${id}/statements`, least: 'viewer', brand },
      { method: 'POST', url: `/api/v1/issues/${id}/statements`, least: 'responder', brand, body: { kind: 'holding' } },
      {
        method: 'POST',
        url: `/api/v1/statements/st-${id}/edit`,
        least: 'responder',
        brand,
        body: { version: 1, facts: {} },
      },
      { method: 'POST', url: `/api/v1/statements/st-${id}/approve`, least: 'responder', brand, body: { version: 1 } },
      {
        method: 'POST',
        url: `/api/v1/statements/st-${id}/publish`,
        least: 'responder',
        brand,
        body: { channels: [{ channel: 'x' }] },
      },
      { method: 'POST', url: `/api/v1/statements/st-${id}/withdraw`, least: 'responder', brand },
    ]
  }),
  { method: 'GET', url: '/api/v1/mutes', least: 'viewer', brand: null },
  ...['acme', 'globex'].map((brand): Row => ({
    method: 'POST',
    url: '/api/v1/mutes',
    least: 'responder',
    brand,
    body: { brand, reason: 'maintenance', until: '2026-01-06T12:00:00Z' },
  })),
  { method: 'POST', url: '/api/v1/mutes/mt1/end', least: 'responder', brand: 'acme' },
  { method: 'POST', url: '/api/v1/mutes/mt2/end', least: 'responder', brand: 'globex' },
  { method: 'POST', url: '/api/v1/deliveries/d1/redeliver', least: 'admin', brand: 'acme' },
  { method: 'POST', url: '/api/v1/deliveries/d2/redeliver', least: 'admin', brand: 'globex' },
  {
    method: 'POST',
    url: '/api/v1/erasures',
    least: 'admin',
    brand: null,
    everyBrand: true,
    body: { mentionIds: ['m1'] },
  },
  { method: 'POST', url: '/api/v1/mentions', least: 'responder', brand: 'acme', body: {} },
]

const cases = ROUTES.flatMap((route) => (Object.keys(TOKENS) as TokenName[]).map((name) => ({ ...route, name })))

/** 409: an issue cannot merge into another brand's. */
const ANSWERED = [200, 201, 202, 409]

const wanted = ({ least, brand, everyBrand, name }: (typeof cases)[number]): 'refused' | 'hidden' | 'answered' => {
  if (!roleCovers(ROLE_OF[name], least)) return 'refused'
  if (everyBrand && name.startsWith('acme')) return 'refused'
  return name.startsWith('acme') && brand === 'globex' ? 'hidden' : 'answered'
}

describe('every route, role and brand scope', () => {
  let shared: Awaited<ReturnType<typeof restFixture>>
  beforeAll(async () => void (shared = await restFixture()))
  afterAll(async () => shared.app.close())

  test.each(cases)('$method $url as $name', async (row) => {
    shared.reset()
    const answer = await shared.app.inject({
      method: row.method,
      url: row.url,
      headers: bearer(row.name),
      ...(row.body ? { payload: row.body } : {}),
    })
    const status = { refused: [403], hidden: [404], answered: ANSWERED }[wanted(row)]
    expect(status).toContain(answer.statusCode)
    const foreign = row.name.startsWith('acme') ? 'globex' : 'a brand that nobody has'
    expect(answer.body).not.toContain(foreign)
  })
})

describe('callers that nobody knows', () => {
  let rest: Awaited<ReturnType<typeof restFixture>>
  beforeAll(async () => void (rest = await restFixture()))
  afterAll(async () => rest.app.close())

  test.each(ROUTES)('$method $url without a token is 401 TOKEN_MISSING', async ({ method, url, body }) => {
    const answer = await rest.app.inject({ method, url, ...(body ? { payload: body } : {}) })
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'TOKEN_MISSING'])
    expect(answer.headers['www-authenticate']).toContain('Bearer')
  })

  test.each(['Bearer nobody-knows-this-token-at-all', 'Basic dXNlcjpwdw==', 'Bearer ', `Bearer ${'x'.repeat(600)}`])(
    '%s is 401 TOKEN_UNKNOWN',
    async (authorization) => {
      const answer = await rest.app.inject({ url: '/api/v1/issues', headers: { authorization } })
      expect([answer.statusCode, answer.json().code]).toEqual([401, 'TOKEN_UNKNOWN'])
    },
  )

  test('what lies elsewhere is answered before anything is counted of it, so that no time tells that it is there', async () => {
    const { app, ports } = await restFixture()
    const { id } = (await ports.drills.begin({ brand: 'globex', scenario: 'checkout', seed: 1 }, {} as Act))!
    const counted = [vi.spyOn(ports.issues, 'get'), vi.spyOn(ports.brands, 'pages'), vi.spyOn(ports.drills, 'get')]
    for (const url of ['/api/v1/issues/i2', '/api/v1/brands/globex/pages', `/api/v1/drills/${id}`])
      expect((await app.inject({ url, headers: bearer('acmeViewer') })).statusCode).toBe(404)
    expect(counted.flatMap(({ mock }) => mock.calls)).toEqual([])
    await app.close()
  })

  test('a route that says nothing about access is closed to everyone', async () => {
    const { app } = await restFixture()
    app.get('/forgotten', async () => ({ secret: true }))
    const answer = await app.inject({ url: '/forgotten', headers: bearer('admin') })
    expect(answer.statusCode).toBe(403)
    await app.close()
  })

  test('what is not there is told alike, and the scope of a token only to who has one', async () => {
    const detail = async (url: string, name: TokenName, method: 'GET' | 'DELETE' = 'GET') => {
      const answer = await rest.app.inject({ method, url, headers: bearer(name) })
      expect(answer.statusCode).toBe(404)
      return answer.json().detail
    }
    expect(await detail('/api/v1/issues/gone', 'admin')).toBe('Check the id; it may be deleted.')
    expect(await detail('/api/v1/events/gone', 'admin', 'DELETE')).toBe('Check the id; it may be deleted.')
    const hidden = 'Check the id; this token may not see every brand.'
    expect(await detail('/api/v1/issues/gone', 'acmeViewer')).toBe(hidden)
    expect(await detail('/api/v1/issues/i2', 'acmeViewer')).toBe(hidden)
  })

  test('every route of the API says who may use it', () => {
    const spec = rest.app.swagger() as { paths: Record<string, Record<string, { security?: unknown[] }>> }
    const open = Object.entries(spec.paths)
      .filter(([, methods]) => Object.values(methods).some(({ security }) => security === undefined))
      .map(([path]) => path)
    expect(open.sort()).toEqual(['/healthz', '/readyz'])
  })
})
