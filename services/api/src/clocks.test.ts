import { MINUTE_MS } from '@outcry/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueOf, storeIssue } from '../test/burning-day.ts'
import { ADMIN_TOKEN, runningApi, type RunningApi, TOKENS } from '../test/running-api.ts'

const NOW = Date.now()
let api: RunningApi
beforeAll(async () => void (api = await runningApi()))
afterAll(async () => api?.stop())

type Clock = { name: string; state: string; dueAt: string; metAt: string | null; reason: string }
type Issue = { id: string; clocks: Clock[] }

const post = async (path: string, body: object, token: string = TOKENS.mira): Promise<{ id: string }> => {
  const headers = { 'content-type': 'application/json' }
  const answer = await api.ask(path, token, { method: 'POST', body: JSON.stringify(body), headers })
  expect([200, 201]).toContain(answer.status)
  return (await answer.json()) as { id: string }
}
const newIssue = async (id: string, calledMinutes: number): Promise<void> => {
  const given = { id, brand: 'acme', label: 'checkout hangs', severity: 'major' as const, ageMs: 1, people: 9 }
  await storeIssue(api.pool, issueOf(given, NOW, { calledAt: NOW - calledMinutes * MINUTE_MS }))
}
const clocksOf = async (id: string): Promise<Map<string, Clock>> => {
  const { clocks } = (await (await api.ask(`/issues/${id}`, TOKENS.acme)).json()) as Issue
  return new Map(clocks.map((clock) => [clock.name, clock]))
}

describe('the clocks of an issue', () => {
  test('are met by what people do, and what is owed next is shown with its time', async () => {
    await newIssue('iss-clock', 12)
    const before = await clocksOf('iss-clock')
    expect([...before].map(([name, { state }]) => `${name} ${state}`)).toEqual([
      'acknowledge due-soon',
      'first-statement running',
      'resolve running',
    ])
    expect(before.get('acknowledge')?.dueAt).toBe(new Date(NOW + 3 * MINUTE_MS).toISOString())

    const eta = new Date(NOW + 90 * MINUTE_MS).toISOString()
    const { id } = await post('/issues/iss-clock/statements', { kind: 'holding', facts: { eta } })
    await post(`/statements/${id}/approve`, { version: 1 }, ADMIN_TOKEN)
    await post(`/statements/${id}/publish`, { channels: [{ channel: 'status page' }] })
    const after = await clocksOf('iss-clock')
    expect(after.get('acknowledge')).toMatchObject({ state: 'met', reason: 'acknowledged by mira' })
    expect(after.get('first-statement')).toMatchObject({ state: 'met', reason: 'published on status page' })
    expect(after.get('eta')).toMatchObject({
      state: 'running',
      dueAt: eta,
      reason: 'promised in the holding statement',
    })
    expect(after.get('next-update')).toMatchObject({ state: 'running', metAt: null })
  })

  test('stand in the list as far as they are not met, so that it can be sorted by what is due next', async () => {
    await newIssue('iss-late', 20)
    const { items } = (await (await api.ask('/issues', TOKENS.acme)).json()) as { items: Issue[] }
    const named = (id: string) => items.find((issue) => issue.id === id)?.clocks.map(({ name, state }) => [name, state])
    expect(named('iss-late')?.[0]).toEqual(['acknowledge', 'overdue'])
    expect(named('iss-clock')?.map(([name]) => name)).toEqual(['eta', 'next-update', 'resolve'])
  })
})
