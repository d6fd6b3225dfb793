import { createHmac } from 'node:crypto'
import { MINUTE_MS } from '@outcry/contracts'
import { afterEach, expect, it } from 'vitest'
import { type LocalAnswer, type LocalRequest, type LocalServer, startLocalServer } from '../compliance/local-server.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { needsPerson } from '../http/platform-error.ts'
import { createGraphClient } from './graph-client.ts'

const clock = createQuickClock(100)
const never = new AbortController().signal
let server: LocalServer | undefined
afterEach(() => server?.close())

const clientOf = async (answer: (request: LocalRequest) => LocalAnswer) => {
  server = await startLocalServer({ answer, isFaulty: () => false })
  const endpoint = `${server.url}/v26.0/`
  return createGraphClient({ accessToken: 'token', appSecret: 'secret', endpoint }, { clock, random: () => 0.5 })
}
const refused = (code: number, fields: object = {}, headers: Record<string, string> = {}): LocalAnswer => ({
  status: 400,
  headers,
  body: { error: { message: 'No', type: 'OAuthException', code, fbtrace_id: 'x', ...fields } },
})
const usage = (percent: number, minutes = 0) =>
  JSON.stringify({ '1001': [{ type: 'pages', call_count: percent, estimated_time_to_regain_access: minutes }] })

it('proves each request by the secret of the app, and follows pages without trusting their address', async () => {
  const asked: URL[] = []
  const client = await clientOf(({ url, headers }) => {
    asked.push(url)
    expect(headers.authorization).toBe('Bearer token')
    const next = 'https://elsewhere.example/v1/1001/feed?access_token=other&until=5&__paging_token=p'
    return { body: { data: [{ id: '1' }], ...(asked.length === 1 ? { paging: { next } } : {}) } }
  })
  const first = await client.page('1001/feed', { limit: '100' }, null, never)
  const second = await client.page('1001/feed', { limit: '100' }, first.next, never)
  const proof = createHmac('sha256', 'secret').update('token').digest('hex')
  expect(second.next).toBeNull()
  expect(asked.map(({ pathname, searchParams }) => [pathname, Object.fromEntries(searchParams)])).toEqual([
    ['/v26.0/1001/feed', { limit: '100', appsecret_proof: proof }],
    ['/v26.0/1001/feed', { limit: '100', appsecret_proof: proof, until: '5', __paging_token: 'p' }],
  ])
})

it('leaves tokens and rights to a person, whatever the status, and knows what is gone', async () => {
  for (const code of [190, 102, 10, 200, 299]) {
    const client = await clientOf(() => refused(code))
    const error = await client.page('1001/feed', {}, null, never).catch((caught: unknown) => caught)
    expect([code, needsPerson(error)]).toEqual([code, true])
    await server?.close()
  }
  const client = await clientOf(({ url }) => refused(100, url.pathname.endsWith('/9') ? { error_subcode: 33 } : {}))
  await expect(client.node('9', {}, never)).resolves.toBeNull()
  const refusal = await client.node('8', {}, never).catch((caught: unknown) => caught)
  expect([needsPerson(refusal), (refusal as Error).message]).toEqual([
    false,
    'the platform answered 400: No (code 100)',
  ])
})

it('waits as long as a limit says, in minutes, or five of them where it says nothing', async () => {
  for (const code of [4, 17, 32, 613, 80_001, 80_002]) {
    const client = await clientOf(() => refused(code, {}, { 'x-business-use-case-usage': usage(100, 20) }))
    const limit = { retryAfterMs: 20 * MINUTE_MS, status: 400 }
    await expect(client.page('1001/feed', {}, null, never)).rejects.toMatchObject(limit)
    await server?.close()
  }
  const client = await clientOf(() => refused(4))
  await expect(client.page('1001/feed', {}, null, never)).rejects.toMatchObject({ retryAfterMs: 5 * MINUTE_MS })
})

it('asks more slowly the more of its limit is used, and waits where all is', async () => {
  const asked: number[] = []
  let percent = 90
  const client = await clientOf(() => {
    asked.push(clock.now())
    return { headers: { 'x-app-usage': JSON.stringify({ call_count: percent }) }, body: { data: [] } }
  })
  await client.page('1001/feed', {}, null, never)
  percent = 100
  await client.page('1001/feed', {}, null, never)
  expect(asked[1]! - asked[0]!).toBeGreaterThanOrEqual(6_000)
  const refusal = await client.page('1001/feed', {}, null, never).catch((caught: unknown) => caught)
  expect(refusal).toMatchObject({ status: 429, message: expect.stringContaining('nothing is left') })
  expect(asked).toHaveLength(2)
})
