import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { START, issue } from '../test/memory-ports.ts'
import { bearer, restFixture } from '../test/rest-fixture.ts'

const open: { close(): Promise<unknown> }[] = []
const fixture = async (...args: Parameters<typeof restFixture>) => {
  const rest = await restFixture(...args)
  open.push(rest.app)
  return rest
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

type ListAnswer = { items: { id: string }[]; nextCursor: string | null }

describe('pages', () => {
  test('together hold every item once and in order, whatever the page size and whatever opens meanwhile', async () => {
    const rest = await fixture()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        async (times, limit) => {
          rest.issues.splice(0, Infinity, ...times.map((at, n) => issue(`i${n}`, 'acme', { openedAt: START + at })))
          const whole = [...rest.issues].sort((a, b) => b.openedAt - a.openedAt || (a.id < b.id ? 1 : -1))
          const seen: string[] = []
          let cursor: string | null = null
          do {
            const answer = await rest.app.inject({
              url: '/api/v1/issues',
              query: { limit: String(limit), ...(cursor === null ? {} : { cursor }) },
              headers: bearer('viewer'),
            })
            const page: ListAnswer = answer.json()
            seen.push(...page.items.map(({ id }) => id))
            cursor = page.nextCursor
            rest.issues.push(issue(`new${rest.issues.length}`, 'acme', { openedAt: START + 1_000 }))
          } while (cursor !== null)
          expect(seen).toEqual(whole.map(({ id }) => id))
        },
      ),
      { numRuns: 40 },
    )
  })

  test('are cut by brand, state, severity, time, text and drill', async () => {
    const rest = await fixture()
    rest.issues.push(issue('i4', 'acme', { severity: 'crisis', state: 'acknowledged', updatedAt: START + 60_000 }))
    const ids = async (query: string) => {
      const answer = await rest.app.inject({ url: `/api/v1/issues?${query}`, headers: bearer('viewer') })
      return answer.json<ListAnswer>().items.map(({ id }) => id)
    }
    expect(await ids('')).toEqual(['i4', 'i3', 'i2', 'i1'])
    expect(await ids('brand=acme')).toEqual(['i4', 'i1'])
    expect(await ids('brand=acme&brand=globex')).toEqual(['i4', 'i2', 'i1'])
    expect(await ids('state=acknowledged&state=resolved')).toEqual(['i4'])
    expect(await ids('severity=major&drill=false')).toEqual(['i2', 'i1'])
    expect(await ids('drill=true')).toEqual(['i3'])
    expect(await ids(`since=${new Date(START + 1).toISOString()}`)).toEqual(['i4'])
    expect(await ids('q=i2')).toEqual(['i2'])
  })
})

describe('what nearly alerted', () => {
  test('is listed within the scope of the token, by brand, reason and time, with what would have changed it', async () => {
    const rest = await fixture()
    const ask = async (query: string, token: Parameters<typeof bearer>[0] = 'viewer') =>
      rest.app.inject({ url: `/api/v1/suppressed?${query}`, headers: bearer(token) })
    const ids = async (...args: Parameters<typeof ask>) =>
      (await ask(...args)).json<ListAnswer>().items.map(({ id }) => id)
    expect(await ids('')).toEqual(['s2', 's1'])
    expect(await ids('', 'acmeViewer')).toEqual(['s1'])
    expect(await ids('brand=globex')).toEqual(['s2'])
    expect(await ids('reason=chance')).toEqual(['s1'])
    expect(await ids(`since=${new Date(START + 1).toISOString()}`)).toEqual([])
    expect((await ask('reason=nothing')).statusCode).toBe(400)
    expect((await ask('brand=acme')).json().items[0]).toMatchObject({
      since: new Date(START - 1_800_000).toISOString(),
      observed: 4,
      needed: 6,
      reasons: ['With 6 people it would have opened.'],
    })
  })
})

describe('ETag', () => {
  test('answers 304 without a body until the answer changes', async () => {
    const rest = await fixture()
    const ask = async (etag?: string) =>
      rest.app.inject({
        url: '/api/v1/issues/i1',
        headers: { ...bearer('viewer'), ...(etag === undefined ? {} : { 'if-none-match': etag }) },
      })
    const first = await ask()
    const etag = String(first.headers.etag)
    const same = await ask(`"other", W/${etag}`)
    expect([same.statusCode, same.body, same.headers.etag]).toEqual([304, '', etag])
    rest.issues[0]!.revision += 1
    const changed = await ask(etag)
    expect(changed.statusCode).toBe(200)
    expect(changed.headers.etag).not.toBe(etag)
  })

  test('is not the same for two tokens that see different things', async () => {
    const rest = await fixture()
    const all = await rest.app.inject({ url: '/api/v1/issues', headers: bearer('viewer') })
    const some = await rest.app.inject({
      url: '/api/v1/issues',
      headers: { ...bearer('acmeViewer'), 'if-none-match': String(all.headers.etag) },
    })
    expect(some.statusCode).toBe(200)
  })
})

describe('answers', () => {
  test('speak ISO 8601 and link only to http', async () => {
    const rest = await fixture()
    const detail = (await rest.app.inject({ url: '/api/v1/issues/i1', headers: bearer('viewer') })).json()
    expect(detail.openedAt).toBe(new Date(START).toISOString())
    expect(detail.exemplars[0]).toMatchObject({ url: null, excerpt: '<img src=x onerror=alert(1)> checkout hangs' })
    expect(detail.delays).toEqual([{ source: 'bluesky', posts: 12, medianMs: 2_000 }])
    const posts = await rest.app.inject({ url: '/api/v1/issues/i1/mentions', headers: bearer('viewer') })
    const urls = posts.json<{ items: { url: string | null }[] }>().items.map(({ url }) => url)
    expect(urls).toEqual([null, null, 'https://example.com/1'])
  })

  test('the description is OpenAPI 3.1 and the browser of it loads nothing from elsewhere', async () => {
    const rest = await fixture()
    const spec = (await rest.app.inject({ url: '/openapi.json' })).json()
    expect(spec.openapi).toBe('3.1.0')
    expect(Object.keys(spec.paths)).toContain('/api/v1/issues/{id}/acknowledge')
    const page = await rest.app.inject({ url: '/docs/' })
    expect(page.statusCode).toBe(200)
    expect(page.body).not.toMatch(/(src|href)="https?:/)
    expect(page.headers['content-security-policy']).toContain("script-src 'self'")
  })
})

test('the pages of a brand: what was used, what became of them, and what was held', async () => {
  const rest = await fixture()
  const why =
    'held: 1 of 3 pages this week is left and kept for graver or surer issues; this one pages if it becomes major'
  const held = { page: false, held: true, worth: 1.4, pageReason: why }
  rest.issues.splice(0, Infinity, issue('i1', 'acme'), issue('i2', 'acme', held), issue('i3', 'globex', held))
  const ask = async (url: string) => (await rest.app.inject({ url, headers: bearer('viewer') })).json<object>()
  expect(await ask('/api/v1/brands/acme/pages')).toMatchObject({
    brand: 'acme',
    pagesPerWeek: 3,
    pagesUsed: 1,
    paging: { price: 1.8, freeAt: new Date(START).toISOString(), perWeek: 2, closed: 4, dismissed: 1, precision: 0.75 },
    held: [{ id: 'i2', worth: 1.4, pageReason: why }],
  })
  expect(await ask('/api/v1/brands/nobody/pages')).toMatchObject({ status: 404 })
  expect(await ask('/api/v1/issues?page=held&brand=acme')).toMatchObject({ items: [{ id: 'i2', held: true }] })
})

describe('the character U+0000, which no column takes', () => {
  test.each([
    '/api/v1/issues?brand=%00',
    '/api/v1/clusters?brand=a%00',
    '/api/v1/suppressed?brand=%00',
    '/api/v1/issues/%00',
  ])('is refused in %s', async (url) => {
    const rest = await fixture()
    const answer = await rest.app.inject({ url, headers: bearer('viewer') })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'REQUEST_INVALID' })
  })
})
