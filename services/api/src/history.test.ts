import { appendTimeline } from '@outcry/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueOf, storeIssue } from '../test/burning-day.ts'
import { ADMIN_TOKEN, TOKENS, runningApi, type RunningApi } from '../test/running-api.ts'

const NOW = Date.now()
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
let api: RunningApi
type Past = {
  items: {
    issue: { id: string; state: string }
    closedAt: string | null
    closedBy: string | null
    steps: Record<string, number | null>
  }[]
  nextCursor: string | null
}
const past = async (query = '', token: string = TOKENS.admin): Promise<Past> => {
  const answer = await api.ask(`/history${query}`, token)
  expect(answer.status).toBe(200)
  return (await answer.json()) as Past
}
const ids = async (query = '', token?: string) => (await past(query, token)).items.map(({ issue }) => issue.id)

type Over = Parameters<typeof issueOf>[2]
const store = (id: string, hoursAgo: number, over: Over, brand = 'acme') =>
  storeIssue(
    api.pool,
    issueOf({ id, brand, label: `${id} 100%`, severity: 'major', ageMs: hoursAgo * HOUR_MS, people: 9 }, NOW, over),
  )
const closed = (hoursAgo: number, by = 'mira', reason = 'person') => ({ by, at: NOW - hoursAgo * HOUR_MS, reason })
const entry = (issueId: string, id: string, atMs: number, kind: string, body: object) => ({
  id,
  issueId,
  brand: 'acme',
  atMs,
  kind,
  actor: 'mira',
  body,
})

beforeAll(async () => {
  api = await runningApi()
  await store('iss-fixed', 30, { state: 'resolved', closed: closed(28) })
  await store('iss-joke', 20, { state: 'dismissed', closed: closed(19) })
  await store('iss-part', 10, { state: 'merged', mergedInto: 'iss-open', closed: closed(9, 'detector', 'merged') })
  await store('iss-globex', 5, { state: 'resolved', closed: closed(4) }, 'globex')
  await store('iss-open', 1, {})
})
afterAll(async () => api?.stop())

describe('the history', () => {
  test('has what is over, of the brands a caller may see, the latest first', async () => {
    expect(await ids()).toEqual(['iss-globex', 'iss-part', 'iss-joke', 'iss-fixed'])
    expect(await ids('', TOKENS.acme)).toEqual(['iss-part', 'iss-joke', 'iss-fixed'])
    expect((await past('?state=dismissed')).items).toMatchObject([
      { issue: { id: 'iss-joke', state: 'dismissed' }, closedAt: new Date(NOW - 19 * HOUR_MS).toISOString() },
    ])
  })

  test('is searched by state, brand, words, type and time, and read page by page', async () => {
    expect(await ids('?state=merged&state=dismissed')).toEqual(['iss-part', 'iss-joke'])
    expect(await ids('?brand=globex')).toEqual(['iss-globex'])
    expect(await ids('?q=FIXED%20100%25')).toEqual(['iss-fixed'])
    expect(await ids('?q=%25%25')).toEqual([])
    expect(await ids('?severity=crisis')).toEqual([])
    const day = new Date(NOW - 15 * HOUR_MS).toISOString()
    expect(await ids(`?since=${day}`)).toEqual(['iss-globex', 'iss-part'])
    expect(await ids(`?until=${day}`)).toEqual(['iss-joke', 'iss-fixed'])
    expect((await api.ask('/history?until=2026-13-01', TOKENS.admin)).status).toBe(400)
    expect(await ids('?type=checkout')).toEqual([])
    await store('iss-typed', 40, {
      state: 'resolved',
      closed: closed(39),
      type: { id: 'checkout', label: 'checkout', by: 'mira', reason: '', confidence: 1, at: NOW, teaches: false },
    })
    expect(await ids('?type=checkout')).toEqual(['iss-typed'])
    const first = await past('?limit=2&brand=acme')
    const second = await past(`?limit=2&brand=acme&cursor=${first.nextCursor}`)
    expect([...first.items, ...second.items].map(({ issue }) => issue.id)).toEqual([
      'iss-part',
      'iss-joke',
      'iss-fixed',
      'iss-typed',
    ])
    expect(second.nextCursor).toBeNull()
  })

  test('tells how long each step took, from timeline and publications', async () => {
    await api.pool.query(`DELETE FROM outcry.timeline WHERE issue_id = 'iss-fixed'`)
    const [{ openedAt }] = (
      await api.pool.query<{ openedAt: number }>(
        `SELECT opened_at_ms AS "openedAt" FROM outcry.issue WHERE id = 'iss-fixed'`,
      )
    ).rows as [{ openedAt: number }]
    const after = (minutes: number) => openedAt + minutes * MINUTE_MS
    await appendTimeline(api.pool, [
      entry('iss-fixed', 't1', after(0), 'opened', { page: true }),
      entry('iss-fixed', 't2', after(4), 'updated', { reason: 'acknowledged' }),
      entry('iss-fixed', 't3', after(90), 'resolved', { reason: 'person' }),
    ])
    const asked = { method: 'POST', headers: { 'content-type': 'application/json' } }
    const made = await api.ask('/issues/iss-fixed/statements', ADMIN_TOKEN, {
      ...asked,
      body: JSON.stringify({ kind: 'brief', text: 'We know.' }),
    })
    expect(made.status).toBe(201)
    const found = (await past('?q=fixed')).items[0]
    expect(found?.steps).toMatchObject({
      paged: 0,
      acknowledged: 4 * MINUTE_MS,
      announced: null,
      resolved: 90 * MINUTE_MS,
      thanked: null,
    })
  })
})
