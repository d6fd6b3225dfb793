import { decode } from 'fast-png'
import { describe, expect, onTestFinished, test } from 'vitest'
import { restFixture } from '../../test/rest-fixture.ts'
import { START, issue } from '../../test/memory-ports.ts'

const iso = (ms: number) => new Date(ms).toISOString()
const pathOf = (over: { id?: string; at?: string; expires?: string; signature?: string } = {}) => {
  const { id = 'i1', at = iso(START), expires = iso(START + 1_000), signature = 'good' } = over
  return `/api/v1/charts/${id}.png?${new URLSearchParams({ at, expires, signature }).toString()}`
}
const fixture = async (...over: Parameters<typeof restFixture>) => {
  const rest = await restFixture(...over)
  onTestFinished(() => rest.app.close())
  return rest
}

describe('a chart by its link', () => {
  test('is an image that other pages may show, without a token', async () => {
    const { app } = await fixture()
    const answer = await app.inject(pathOf())
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=300',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    })
    expect(decode(answer.rawPayload)).toMatchObject({ width: 640, height: 240 })
  })

  test('is of the issue that the link names, whatever is in its id', async () => {
    const { app, issues } = await fixture()
    issues.push(issue('a.b/c d', 'acme'))
    expect((await app.inject(pathOf({ id: 'a.b%2Fc%20d' }))).statusCode).toBe(200)
  })

  test('ends at the time of its message; of a series that went on only later steps are left', async () => {
    const { app, issues } = await fixture()
    const step = (n: number) => ({ at: START + n * 600_000, people: n + 1, expected: 0.5 })
    const draw = async (steps: number[], at: number) => {
      issues[0]!.evidence = { ...issues[0]!.evidence, series: steps.map(step) }
      return (await app.inject(pathOf({ at: iso(at) }))).rawPayload.toString('base64')
    }
    const early = await draw([0, 1], START + 600_000)
    expect(await draw([0, 1, 2, 3], START + 600_000)).toBe(early)
    expect(await draw([0, 1, 2, 3], START + 6_000_000)).not.toBe(early)
    expect(await draw([2, 3], START)).toBe(await draw([2, 3], START + 6_000_000))
  })

  test.each([
    ['of another signature', { signature: 'bad' }, 403, 'LINK_REFUSED'],
    ['of another signature and long expired', { signature: 'bad', expires: iso(0) }, 403, 'LINK_REFUSED'],
    ['that is expired', { expires: iso(START) }, 410, 'LINK_EXPIRED'],
    ['of an issue that is no longer kept', { id: 'gone' }, 404, 'NOT_FOUND'],
    ['of no time', { at: 'now' }, 400, 'REQUEST_INVALID'],
    ['of a day that does not exist', { at: '2026-02-31T00:00:61.000Z' }, 400, 'REQUEST_INVALID'],
  ])('%s is refused', async (_what, over, status, code) => {
    const { app } = await fixture()
    const answer = await app.inject(pathOf(over))
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  })

  test('reads nothing before the signature is found right', async () => {
    const asked: string[] = []
    const rest = await fixture()
    const issues = { ...rest.ports.issues }
    rest.ports.issues.find = async (id) => {
      asked.push(id)
      return issues.find(id)
    }
    await rest.app.inject(pathOf({ signature: 'bad' }))
    await rest.app.inject(pathOf({ expires: iso(START) }))
    expect(asked).toEqual([])
    await rest.app.inject(pathOf())
    expect(asked).toEqual(['i1'])
  })

  test('is rated like everything else', async () => {
    const { app } = await fixture({ config: { requestsPerMinute: 2 } })
    const statuses = await Promise.all([1, 2, 3].map(async () => (await app.inject(pathOf())).statusCode))
    expect(statuses.toSorted((one, other) => one - other)).toEqual([200, 200, 429])
  })
})
