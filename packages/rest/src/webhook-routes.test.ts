import { afterEach, describe, expect, test, vi } from 'vitest'
import { OutcryError } from '@outcry/contracts'
import { memoryPorts } from '../test/memory-ports.ts'
import { restFixture } from '../test/rest-fixture.ts'
import { eventually } from '../test/eventually.ts'
import type { WebhookPort } from './ports-of-inbound.ts'

const PATH = '/api/v1/inbound/sources/forum'
const TAKEN = { mentions: 1, matched: 1, unreadable: 0 }
const open: { close(): Promise<unknown> }[] = []
const fixture = async (webhooks: Partial<WebhookPort> = {}, config = {}) => {
  const rest = await restFixture({ config, ports: { webhooks: { ...memoryPorts().ports.webhooks, ...webhooks } } })
  open.push(rest.app)
  return rest
}
const whole = async (config = {}) => {
  const rest = await restFixture({ config })
  open.push(rest.app)
  return rest
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

const sent = (headers: Record<string, string> = {}, payload: string | Buffer = '{"post":1}', url = PATH) => ({
  method: 'POST' as const,
  url,
  headers: { 'content-type': 'application/json', 'x-signed': 'good', ...headers },
  payload,
})

describe('POST /inbound/sources/:source', () => {
  test.each([
    ['application/json', Buffer.from('{"text" :  "\u{1f4a5}"}\n')],
    ['application/json; charset=utf-8', Buffer.from('not json at all')],
    ['application/x-www-form-urlencoded', Buffer.from('payload=%7B%7D')],
    ['text/plain', Buffer.from('text')],
    ['application/vnd.platform+json', Buffer.from('{}')],
    ['application/octet-stream', Buffer.from([0, 255, 10, 13])],
  ])('takes %s byte by byte', async (type, payload) => {
    const rest = await whole()
    const answer = await rest.app.inject(sent({ 'content-type': type }, payload))
    expect([answer.statusCode, answer.json()]).toEqual([200, { source: 'forum', ...TAKEN }])
    expect(rest.taken).toEqual([{ source: 'forum', body: payload.toString('latin1') }])
  })

  test('takes a body without a content type, and none at all', async () => {
    const rest = await whole()
    const headers = { 'x-signed': 'good' }
    const bare = await rest.app.inject({ method: 'POST', url: PATH, headers, payload: Buffer.from('{}') })
    const empty = await rest.app.inject({ method: 'POST', url: PATH, headers })
    expect([bare.statusCode, empty.statusCode]).toEqual([200, 200])
    expect(rest.taken.map(({ body }) => body)).toEqual(['{}', ''])
  })

  test('takes a secret of the query, and of several values the first', async () => {
    const rest = await whole()
    const answer = await rest.app.inject(sent({ 'x-signed': '' }, '{}', `${PATH}?key=good&key=other`))
    expect(answer.statusCode).toBe(200)
    expect((await rest.app.inject(sent({ 'x-signed': '' }, '{}', `${PATH}?key=other&key=good`))).statusCode).toBe(401)
  })

  test.each([
    { over: { 'x-signed': 'bad' }, status: 401, code: 'SIGNATURE_INVALID' },
    { over: { 'x-signed': 'stale' }, status: 401, code: 'WEBHOOK_STALE' },
    { over: { authorization: 'Basic dXNlcjpwdw==', 'x-signed': '' }, status: 401, code: 'SIGNATURE_INVALID' },
    { over: { host: 'evil.example' }, status: 421, code: 'HOST_REFUSED' },
    { over: { origin: 'https://evil.example' }, status: 403, code: 'ORIGIN_REFUSED' },
    { over: {}, source: 'nobody', status: 404, code: 'NOT_FOUND' },
    { over: {}, source: 'silent', status: 404, code: 'NOT_FOUND' },
    { over: {}, source: '__proto__', status: 404, code: 'NOT_FOUND' },
    { over: {}, source: 'x'.repeat(64), status: 400, code: 'REQUEST_INVALID' },
  ])('refuses $over for $source with $status', async ({ over, source = 'forum', status, code }) => {
    const rest = await whole()
    const answer = await rest.app.inject(sent(over, '{"secret":"of the body"}', `/api/v1/inbound/sources/${source}`))
    expect([answer.statusCode, answer.json().code, rest.taken]).toEqual([status, code, []])
    expect(answer.body).not.toContain('of the body')
  })

  test('refuses a body that is too large before it is read', async () => {
    const rest = await fixture({}, { maxBodyBytes: 1_024 })
    const answer = await rest.app.inject(sent({}, Buffer.alloc(1_025, 'a')))
    expect([answer.statusCode, answer.json().code]).toEqual([413, 'BODY_TOO_LARGE'])
  })

  test('answers only after the bus has it', async () => {
    const gate = Promise.withResolvers<typeof TAKEN>()
    const take = vi.fn<WebhookPort['take']>().mockReturnValue(gate.promise)
    const rest = await fixture({ take })
    let answered = false
    const answer = rest.app.inject(sent()).then((done) => {
      answered = true
      return done
    })
    await eventually(() => expect(take).toHaveBeenCalled())
    expect(answered).toBe(false)
    gate.resolve(TAKEN)
    expect((await answer).statusCode).toBe(200)
  })

  test('asks to come again while the bus is away, and takes it then', async () => {
    const away = new OutcryError('BUS_UNREACHABLE', 'no broker answers', { fix: 'Start it.' })
    const take = vi.fn<WebhookPort['take']>().mockRejectedValueOnce(away).mockResolvedValue(TAKEN)
    const rest = await fixture({ take })
    const refused = await rest.app.inject(sent())
    expect([refused.statusCode, refused.json().code, refused.headers['retry-after']]).toEqual([
      503,
      'BUS_UNREACHABLE',
      '5',
    ])
    expect((await rest.app.inject(sent())).statusCode).toBe(200)
  })

  test('takes the same one again', async () => {
    const rest = await whole()
    const twice = await Promise.all([rest.app.inject(sent()), rest.app.inject(sent())])
    expect(twice.map(({ statusCode }) => statusCode)).toEqual([200, 200])
    expect(rest.taken).toHaveLength(2)
  })

  test('counts no requests against a platform, which sends most when most happens', async () => {
    const rest = await whole({ requestsPerMinute: 2 })
    const statuses = []
    for (let n = 0; n < 5; n += 1) statuses.push((await rest.app.inject(sent())).statusCode)
    expect(statuses).toEqual([200, 200, 200, 200, 200])
  })
})

describe('GET and HEAD /inbound/sources/:source', () => {
  const ask = async (query: string, source = 'forum', method: 'GET' | 'HEAD' = 'GET') =>
    (await whole()).app.inject({ method, url: `/api/v1/inbound/sources/${source}?${query}` })

  test('answers the challenge as plain text', async () => {
    const answer = await ask('hub.mode=subscribe&hub.verify_token=good&hub.challenge=%3Cb%3E1158201444')
    expect([answer.statusCode, answer.body]).toEqual([200, '<b>1158201444'])
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
  })

  test.each([
    ['hub.verify_token=bad&hub.challenge=1', 'forum', 403, 'CHALLENGE_REFUSED'],
    ['', 'forum', 403, 'CHALLENGE_REFUSED'],
    ['hub.verify_token=good&hub.challenge=1', 'silent', 404, 'NOT_FOUND'],
    ['hub.verify_token=good&hub.challenge=1', 'nobody', 404, 'NOT_FOUND'],
  ])('refuses %s at %s', async (query, source, status, code) => {
    const answer = await ask(query, source)
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  })

  test('HEAD says whether webhooks are taken', async () => {
    expect((await ask('', 'forum', 'HEAD')).statusCode).toBe(200)
    expect((await ask('', 'silent', 'HEAD')).statusCode).toBe(404)
    expect((await ask('', 'nobody', 'HEAD')).statusCode).toBe(404)
  })
})
