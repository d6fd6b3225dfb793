import { afterEach, describe, expect, test, vi } from 'vitest'
import { memoryPorts } from '../test/memory-ports.ts'
import { bearer, restFixture } from '../test/rest-fixture.ts'
import type { PushPort } from './ports-of-inbound.ts'
import { eventually } from '../test/eventually.ts'

const open: { close(): Promise<unknown> }[] = []
const fixture = async (push?: Partial<PushPort>) => {
  const rest = await restFixture(push ? { ports: { push: { ...memoryPorts().ports.push, ...push } } } : {})
  open.push(rest.app)
  return rest
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

const signed = (over: Record<string, string> = {}) => ({
  method: 'POST' as const,
  url: '/api/v1/mentions',
  headers: {
    'content-type': 'application/json',
    'webhook-id': 'msg_1',
    'webhook-timestamp': '1767614400',
    'webhook-signature': 'v1,good',
    ...over,
  },
  payload: '[{"id":"1","text":"checkout  hangs"}]',
})

describe('POST /mentions', () => {
  test('takes a signed push byte by byte and answers once it is submitted', async () => {
    const rest = await fixture()
    const answer = await rest.app.inject(signed())
    expect([answer.statusCode, answer.json()]).toEqual([202, { source: 'support', mentions: 1, matched: 1 }])
    expect(rest.pushed).toEqual([{ source: 'support', body: '[{"id":"1","text":"checkout  hangs"}]' }])
  })

  test.each([
    { over: { 'webhook-signature': 'v1,bad' }, status: 401, code: 'SIGNATURE_INVALID' },
    { over: { 'webhook-timestamp': 'stale' }, status: 401, code: 'PUSH_STALE' },
    { over: { 'webhook-id': 'x'.repeat(300) }, status: 401, code: 'SIGNATURE_INVALID' },
    { over: { 'content-type': 'text/plain' }, status: 415, code: 'CONTENT_TYPE_UNSUPPORTED' },
  ])('refuses $over', async ({ over, status, code }) => {
    const rest = await fixture()
    const answer = await rest.app.inject(signed(over))
    expect([answer.statusCode, answer.json().code, rest.pushed]).toEqual([status, code, []])
  })

  test('refuses a replayed push, also at the same time', async () => {
    const rest = await fixture()
    const twice = await Promise.all([rest.app.inject(signed()), rest.app.inject(signed())])
    const later = await rest.app.inject(signed())
    expect(new Set(twice.map(({ statusCode }) => statusCode))).toEqual(new Set([202, 409]))
    expect([later.statusCode, later.json().code]).toEqual([409, 'PUSH_REPLAYED'])
    expect(rest.pushed).toHaveLength(1)
  })

  test('does not remember a push that the bus did not take', async () => {
    const submit = vi
      .fn<PushPort['submit']>()
      .mockRejectedValueOnce(new Error('bus is down'))
      .mockResolvedValue({ kind: 'accepted', mentions: 1, matched: 1 })
    const rest = await fixture({ submit })
    expect((await rest.app.inject(signed())).statusCode).toBe(500)
    expect((await rest.app.inject(signed())).statusCode).toBe(202)
  })

  test('calls a push accepted only once it is: who asks while it is being taken is to come again', async () => {
    const gate = Promise.withResolvers<{ kind: 'accepted'; mentions: number; matched: number }>()
    const submit = vi.fn<PushPort['submit']>().mockReturnValueOnce(gate.promise)
    const rest = await fixture({ submit })
    const first = rest.app.inject(signed())
    await eventually(() => expect(submit).toHaveBeenCalled())
    const meanwhile = await rest.app.inject(signed())
    expect([meanwhile.statusCode, meanwhile.json().code, meanwhile.headers['retry-after']]).toEqual([
      409,
      'PUSH_IN_FLIGHT',
      '1',
    ])
    gate.reject(new Error('bus is down'))
    expect((await first).statusCode).toBe(500)
    submit.mockResolvedValueOnce({ kind: 'accepted', mentions: 1, matched: 1 })
    expect((await rest.app.inject(signed())).statusCode).toBe(202)
  })

  test('answers 202 only after the submission is done', async () => {
    const gate = Promise.withResolvers<{ kind: 'accepted'; mentions: number; matched: number }>()
    const submit = vi.fn<PushPort['submit']>().mockReturnValue(gate.promise)
    const rest = await fixture({ submit })
    let answered = false
    const answer = rest.app.inject(signed()).then((done) => {
      answered = true
      return done
    })
    await eventually(() => expect(submit).toHaveBeenCalled())
    expect(answered).toBe(false)
    gate.resolve({ kind: 'accepted', mentions: 1, matched: 0 })
    expect((await answer).statusCode).toBe(202)
  })

  test('names the faults of a body and takes nothing', async () => {
    const fault = { path: '[0].createdAt', value: '"soon"', message: 'must be a time', fix: 'Send ISO 8601.' }
    const rest = await fixture({ submit: async () => ({ kind: 'refused', faults: [fault] }) })
    const answer = await rest.app.inject(signed())
    expect(answer.statusCode).toBe(400)
    expect(answer.json().faults).toEqual([{ path: '[0].createdAt', value: '"soon"', fix: 'Send ISO 8601.' }])
  })

  test('asks for the source where there are several, and knows only those', async () => {
    const rest = await fixture({ sources: () => ['a', 'b'].map((name) => ({ name, brands: null })) })
    expect((await rest.app.inject(signed())).json()).toMatchObject({ code: 'NOT_FOUND', status: 404 })
    expect((await rest.app.inject({ ...signed(), url: '/api/v1/mentions?source=b' })).statusCode).toBe(202)
    expect((await rest.app.inject({ ...signed(), url: '/api/v1/mentions?source=c' })).statusCode).toBe(404)
  })

  test('hides a source that speaks of other brands from a token of some', async () => {
    const rest = await fixture({ sources: () => [{ name: 'support', brands: ['acme', 'globex'] }] })
    const ask = async (name: 'acmeAdmin' | 'admin') =>
      rest.app.inject({ method: 'POST', url: '/api/v1/mentions', headers: bearer(name), payload: [] })
    expect((await ask('acmeAdmin')).statusCode).toBe(404)
    expect((await ask('admin')).statusCode).toBe(202)
  })
})
