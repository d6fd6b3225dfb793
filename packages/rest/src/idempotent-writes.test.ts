import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { issue, memoryPorts } from '../test/memory-ports.ts'
import { bearer, restFixture } from '../test/rest-fixture.ts'
import { eventually } from '../test/eventually.ts'

const open: { close(): Promise<unknown> }[] = []
const fixture = async (...args: Parameters<typeof restFixture>) => {
  const rest = await restFixture(...args)
  open.push(rest.app)
  return rest
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

const write = (key: string, note: string, id = 'i1') => ({
  method: 'POST' as const,
  url: `/api/v1/issues/${id}/acknowledge`,
  headers: { ...bearer('responder'), 'idempotency-key': key },
  payload: { note },
})

describe('writes under an Idempotency-Key', () => {
  test('happen once for each key, and the same request always gets the same answer', async () => {
    const rest = await fixture()
    const request = fc.record({ key: fc.constantFrom('a', 'b', 'c'), note: fc.constantFrom('x', 'y') })
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(request, { maxLength: 12 }), async (requests) => {
        run += 1
        rest.issues.splice(0, Infinity, issue('i1', 'acme'))
        const first = new Map<string, { note: string; answer: string }>()
        for (const { key, note } of requests) {
          const answer = await rest.app.inject(write(`${run}-${key}`, note))
          const known = first.get(key) ?? { note, answer: answer.body }
          first.set(key, known)
          const same = known.note === note
          expect(same ? answer.body : answer.json().code).toBe(same ? known.answer : 'IDEMPOTENCY_MISMATCH')
        }
        expect(rest.issues[0]?.revision).toBe(1 + first.size)
      }),
      { numRuns: 30 },
    )
  })

  test('are 409 while the first one is still running', async () => {
    const { ports } = memoryPorts()
    const gate = Promise.withResolvers<void>()
    const began = vi.fn<() => void>()
    const commands = {
      apply: async (request: Parameters<typeof ports.commands.apply>[0]) => {
        began()
        await gate.promise
        return ports.commands.apply(request)
      },
    }
    const rest = await fixture({ ports: { commands } })
    const first = rest.app.inject(write('k', 'x'))
    await eventually(() => expect(began).toHaveBeenCalled())
    const second = await rest.app.inject(write('k', 'x'))
    expect([second.statusCode, second.json().code]).toEqual([409, 'IDEMPOTENCY_IN_FLIGHT'])
    gate.resolve()
    expect((await first).statusCode).toBe(200)
    expect((await rest.app.inject(write('k', 'x'))).headers['idempotency-replayed']).toBe('true')
  })

  test('keep a refusal, and forget a failure', async () => {
    const { ports } = memoryPorts()
    let broken = true
    const commands = {
      apply: async (request: Parameters<typeof ports.commands.apply>[0]) => {
        if (broken) throw new Error('connection lost')
        return ports.commands.apply(request)
      },
    }
    const rest = await fixture({ ports: { commands } })
    expect((await rest.app.inject(write('k', 'x'))).statusCode).toBe(500)
    broken = false
    expect((await rest.app.inject(write('k', 'x'))).statusCode).toBe(200)

    const gone = await rest.app.inject(write('k2', 'x', 'none'))
    const again = await rest.app.inject(write('k2', 'x', 'none'))
    expect([gone.statusCode, again.statusCode, again.body]).toEqual([404, 404, gone.body])
    expect(again.headers['content-type']).toContain('application/problem+json')
  })

  test('belong to their holder: the same key of another token is another write', async () => {
    const rest = await fixture()
    await rest.app.inject(write('k', 'x'))
    const other = await rest.app.inject({ ...write('k', 'y'), headers: { ...bearer('admin'), 'idempotency-key': 'k' } })
    expect(other.statusCode).toBe(200)
    expect(other.headers['idempotency-replayed']).toBeUndefined()
  })
})

describe('commands', () => {
  test('answer with the issue, or say why the state does not allow it', async () => {
    const rest = await fixture()
    const url = '/api/v1/issues/i1'
    const headers = bearer('responder')
    const done = await rest.app.inject({
      method: 'POST',
      url: `${url}/dismiss`,
      headers,
      payload: { reason: 'a meme' },
    })
    expect(done.json()).toMatchObject({ issue: { state: 'dismissed' }, commandId: 'cmd-1' })
    const late = await rest.app.inject({ method: 'POST', url: `${url}/acknowledge`, headers, payload: {} })
    expect([late.statusCode, late.json().code, late.json().detail]).toEqual([
      409,
      'COMMAND_REFUSED',
      'It was dismissed.',
    ])
  })

  test('acknowledge needs no body at all', async () => {
    const rest = await fixture()
    const answer = await rest.app.inject({
      method: 'POST',
      url: '/api/v1/issues/i1/acknowledge',
      headers: bearer('admin'),
    })
    expect(answer.json()).toMatchObject({ issue: { acknowledgedBy: 'admin' } })
  })

  test('a delivery that is still tried is not sent again', async () => {
    const rest = await fixture()
    const url = '/api/v1/deliveries/d3/redeliver'
    const answer = await rest.app.inject({ method: 'POST', url, headers: bearer('admin') })
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'DELIVERY_PENDING'])
  })
})
