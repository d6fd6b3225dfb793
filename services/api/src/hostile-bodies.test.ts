import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openApiDocument } from '@outcry/rest'
import { issueOf, storeIssue } from '../test/burning-day.ts'
import { type BodySchema, fullBody, type HostileBody, hostileBodies } from '../test/hostile-bodies.ts'
import { ADMIN_TOKEN, runningApi, type RunningApi } from '../test/running-api.ts'

type Operation = { requestBody?: { content: { 'application/json': { schema: BodySchema } } } }
type Answer = { code: string; faults?: { path: string; fix: string }[] }

const { paths } = (await openApiDocument()) as { paths: Record<string, Record<string, Operation>> }
const ROUTES = Object.entries(paths).flatMap(([path, operations]) =>
  Object.entries(operations).flatMap(([method, { requestBody }]) =>
    requestBody === undefined
      ? []
      : [
          {
            route: `${method.toUpperCase()} ${path}`,
            method,
            path,
            schema: requestBody.content['application/json'].schema,
          },
        ],
  ),
)
/** A note without words is none. */
const MAY_BE_BLANK = new Set(['note'])
const ISSUE = 'iss-hostile'
let api: RunningApi
beforeAll(async () => {
  api = await runningApi()
  const about = { id: ISSUE, brand: 'acme', label: 'checkout fails', severity: 'major', ageMs: 1, people: 9 } as const
  await storeIssue(api.pool, issueOf(about, Date.now()))
})
afterAll(async () => api?.stop())

const send = async (method: string, path: string, body: string) => {
  const address = path.replace('/api/v1', '').replace('{id}', ISSUE).replace('{type}', 'login')
  const headers = { 'content-type': 'application/json' }
  const answer = await api.ask(address, ADMIN_TOKEN, { method: method.toUpperCase(), body, headers })
  return { status: answer.status, json: (await answer.json()) as Answer }
}
/** A fault of the place, or of one in it, with a fix. */
const namesPlace = ({ path }: HostileBody, { faults = [] }: Answer) =>
  faults.some((fault) => fault.path.startsWith(path === '' ? '' : path) && /\w{3,}.*[.?]/.test(fault.fix))

describe('bodies of writes', () => {
  test('are of every route that takes one', () => {
    expect(ROUTES.length).toBeGreaterThan(15)
  })

  test.each(ROUTES)(
    'of $route are refused by place and fix where they are hostile',
    async ({ method, path, schema }) => {
      expect((await send(method, path, JSON.stringify(fullBody(schema)))).status).toBeLessThan(500)
      const wrong: string[] = []
      for (const hostile of hostileBodies(schema)) {
        if (hostile.what === 'blank' && MAY_BE_BLANK.has(hostile.path)) continue
        const { status, json } = await send(method, path, hostile.text)
        const place = `${hostile.path || 'the body'}: ${hostile.what}`
        if (status !== 400 || json.code !== 'REQUEST_INVALID' || !namesPlace(hostile, json))
          wrong.push(`${place} -> ${status} ${JSON.stringify(json).slice(0, 300)}`)
      }
      expect(wrong).toEqual([])
    },
  )

  test('say which words there are', async () => {
    const facts = { kind: 'holdng', language: 'xx' }
    const { json } = await send('post', '/issues/{id}/statements', JSON.stringify(facts))
    expect(json.faults).toEqual([
      {
        path: 'kind',
        value: '"holdng"',
        fix: 'Did you mean "holding"? Use one of brief, holding, update, closing, notice.',
      },
      { path: 'language', value: '"xx"', fix: 'Use one of en, de, fr, es, it, nl, pt.' },
    ])
    const outcome = { complaints: [{ id: 'a', version: 0 }], outcome: 'happy', handOff: 5, assignee: ' ' }
    const triage = await send('post', '/issues/{id}/complaints/triage', JSON.stringify(outcome))
    expect(triage.json.faults).toEqual([
      { path: 'assignee', value: '" "', fix: 'Write something that can be read.' },
      { path: 'handOff', value: '5', fix: expect.stringMatching(/^Use one of .*, null\.$/) },
      { path: 'outcome', value: '"happy"', fix: expect.stringMatching(/^Use one of .*, null\.$/) },
    ])
  })
})
