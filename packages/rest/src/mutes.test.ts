import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bearer, restFixture } from '../test/rest-fixture.ts'

describe('mutes', () => {
  let rest: Awaited<ReturnType<typeof restFixture>>
  beforeAll(async () => void (rest = await restFixture()))
  afterAll(() => rest.app.close())
  beforeEach(() => rest.reset())
  const mute = (payload: object) =>
    rest.app.inject({ method: 'POST', url: '/api/v1/mutes', headers: bearer('responder'), payload })
  const until = '2026-01-06T12:00:00.000Z'

  it('have an owner, a reason and an end', async () => {
    const answer = await mute({ brand: 'acme', issueType: 'login', reason: 'maintenance', until })
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toMatchObject({ brand: 'acme', issueType: 'login', issueId: null, owner: 'responder', until })
    const { id } = answer.json()
    const list = await rest.app.inject({ url: '/api/v1/mutes', headers: bearer('viewer') })
    expect(list.json().items.map((one: { id: string }) => one.id)).toContain(id)
    const end = { method: 'POST', url: `/api/v1/mutes/${id}/end`, headers: bearer('responder') } as const
    expect((await rest.app.inject(end)).statusCode).toBe(200)
    expect((await rest.app.inject(end)).json().code).toBe('COMMAND_REFUSED')
  })

  it('of one issue are of its brand', async () => {
    expect((await mute({ issueId: 'i1', reason: 'known', until })).json()).toMatchObject({
      brand: 'acme',
      issueId: 'i1',
    })
    expect((await mute({ issueId: 'i1', brand: 'globex', reason: 'known', until })).statusCode).toBe(409)
    expect((await mute({ issueId: 'i3', reason: 'a drill', until })).statusCode).toBe(409)
  })

  it.each([
    ['reason', { brand: 'acme', reason: '', until }],
    ['brand', { reason: 'r', until }],
    ['issueType', { brand: 'acme', issueType: 'logon', reason: 'r', until }],
    ['until', { brand: 'acme', reason: 'r', until: '2026-01-01T00:00:00Z' }],
    ['until', { brand: 'acme', reason: 'r', until: '2027-01-01T00:00:00Z' }],
    ['until', { brand: 'acme', reason: 'r', until: 'tomorrow' }],
  ])('refuse a fault in %s and name the fix', async (path, payload) => {
    const answer = await mute(payload)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().faults).toMatchObject([{ path, fix: expect.any(String) }])
  })

  it('of a brand that is not watched are refused', async () => {
    expect((await mute({ brand: 'nobody', reason: 'r', until })).statusCode).toBe(404)
  })
})
