import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bearer, restFixture } from '../test/rest-fixture.ts'

describe('events', () => {
  let rest: Awaited<ReturnType<typeof restFixture>>
  beforeAll(async () => void (rest = await restFixture()))
  afterAll(() => rest.app.close())
  const tell = (payload: object) =>
    rest.app.inject({ method: 'POST', url: '/api/v1/events', headers: bearer('responder'), payload })

  it('are told once under their external id, and changed after that', async () => {
    const release = { kind: 'release', title: '4.2', externalId: 'deploy-77', brands: ['acme'] }
    const first = await tell(release)
    expect(first.statusCode).toBe(201)
    expect(first.json()).toMatchObject({ kind: 'release', postedBy: 'responder', at: '2026-01-05T12:00:00.000Z' })
    const again = await tell({ ...release, title: '4.2.1' })
    expect(again.statusCode).toBe(200)
    expect(again.json()).toMatchObject({ id: first.json().id, title: '4.2.1' })
  })

  it('keep when they were where a job runs again and says no time', async () => {
    const work = { kind: 'planned', title: 'work', externalId: 'deploy-78', brands: ['acme'] }
    const span = { at: '2026-01-05T09:00:00.000Z', until: '2026-01-05T21:00:00.000Z' }
    await tell({ ...work, ...span })
    expect((await tell({ ...work, title: 'more work' })).json()).toMatchObject({ title: 'more work', ...span })
    const until = '2026-01-05T22:00:00.000Z'
    expect((await tell({ ...work, until })).json()).toMatchObject({ at: span.at, until })
    const at = '2026-01-05T23:00:00.000Z'
    expect((await tell({ ...work, at })).json().faults).toMatchObject([{ path: 'until', value: until }])
  })

  it('have a title on one line that hides nothing', async () => {
    const { title } = (await tell({ kind: 'other', title: 'a\u202eb\r\nc' })).json()
    expect(title).toBe('a b c')
  })

  it.each([
    ['title', { kind: 'release', title: '\u200b' }],
    ['issueTypes', { kind: 'release', title: '4.2', issueTypes: ['logon'] }],
    ['at', { kind: 'release', title: '4.2', at: '2031-01-05T12:00:00Z' }],
    ['until', { kind: 'planned', title: 'maintenance' }],
    ['until', { kind: 'planned', title: 'maintenance', until: '2026-01-05T11:00:00Z' }],
    ['until', { kind: 'planned', title: 'maintenance', until: '2026-04-05T12:00:00Z' }],
    ['url', { kind: 'release', title: '4.2', url: 'javascript:alert(1)' }],
  ])('refuse a fault in %s and name the fix', async (path, payload) => {
    const answer = await tell(payload)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().faults).toMatchObject([{ path, fix: expect.any(String) }])
  })

  it('of a brand that is not watched are refused', async () => {
    expect((await tell({ kind: 'release', title: '4.2', brands: ['nobody'] })).statusCode).toBe(404)
  })
})
