import { afterAll, beforeAll, expect, test } from 'vitest'
import { START } from '../test/memory-ports.ts'
import { bearer, restFixture } from '../test/rest-fixture.ts'

let rest: Awaited<ReturnType<typeof restFixture>>
beforeAll(async () => void (rest = await restFixture()))
afterAll(async () => rest.app.close())

const erase = async (payload: object) =>
  rest.app.inject({ method: 'POST', url: '/api/v1/erasures', headers: bearer('admin'), payload })

const MESSAGE = { id: 'dl_1', target: 'pager', brand: 'acme', issueId: 'iss-1', dedupKey: 'outcry-iss-1' }

test('an erasure is accepted with its id, what it concerns, what is due when and what has left the system', async () => {
  const answer = await erase({ author: { id: 'did:plc:ann', connector: 'bluesky-jetstream' } })
  expect([answer.statusCode, answer.json()]).toEqual([
    202,
    {
      id: 'er_1',
      mentions: 2,
      purged: { mention: 2 },
      due: [
        { what: 'state', at: new Date(START).toISOString() },
        { what: 'mentions', at: new Date(START + 1).toISOString() },
      ],
      sent: [
        { ...MESSAGE, sentAt: new Date(START - 1).toISOString() },
        { ...MESSAGE, id: 'dl_2', sentAt: null },
      ],
      busUntil: new Date(START + 1).toISOString(),
    },
  ])
  expect(rest.erased.at(-1)).toEqual({
    target: { author: { id: 'did:plc:ann', connector: 'bluesky-jetstream' } },
    actor: 'admin',
  })
})

test.each([
  [{}, 'body'],
  [{ mentionIds: ['m1'], author: { id: 'ann', connector: 'file' } }, 'body'],
  [{ mentionIds: [] }, 'mentionIds'],
  [{ author: { id: 'ann' } }, 'author'],
  [{ author: { id: 'ann', source: 'support', connector: 'push' } }, 'author'],
  [{ author: { id: 'ann', source: 'nobody' } }, 'author.source'],
])('%j is refused with the field', async (payload, path) => {
  const before = rest.erased.length
  const answer = await erase(payload)
  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toMatchObject({ code: 'REQUEST_INVALID', faults: [{ path }] })
  expect(rest.erased).toHaveLength(before)
})
