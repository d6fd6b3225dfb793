import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { burningDay, issueOf, storeIssue } from '../test/burning-day.ts'
import { runningApi, type RunningApi, TOKENS } from '../test/running-api.ts'

const NOW = Date.now()
const MINUTE_MS = 60_000
let api: RunningApi
beforeAll(async () => {
  api = await runningApi()
  await burningDay(api.pool, NOW)
})
afterAll(async () => api?.stop())

type Told = { id: string; title: string; brands: string[] | null; words: string; beforeOnsetMs: number }
const tell = (body: object, token: string = TOKENS.mira) =>
  api.ask('/events', token, {
    method: 'POST',
    body: JSON.stringify({ kind: 'release', title: '4.2', ...body }),
    headers: { 'content-type': 'application/json' },
  })
const told = async (path: string, token: string = TOKENS.admin) => {
  const answer = await api.ask(path, token)
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { items: Told[] }).items
}
const ago = (minutes: number) => new Date(NOW - minutes * MINUTE_MS).toISOString()

describe('events over the API', () => {
  test('are one event however many jobs post it at once, and shown as last told', async () => {
    const release = { externalId: 'deploy-77', brands: ['acme'], at: ago(64) }
    const answers = await Promise.all([1, 2, 3].map(() => tell(release)))
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 200, 201])
    await tell({ ...release, title: '4.2.1', at: undefined })
    expect(await told('/events?brand=acme')).toMatchObject([{ title: '4.2.1', postedBy: 'mira', at: ago(64) }])
    const { rows } = await api.pool.query('SELECT status FROM outcry.audit WHERE operation = $1 ORDER BY seq', [
      'tellEvent',
    ])
    expect(rows).toHaveLength(4)
  })

  test('stand beside the issues of their brands and say how they lie to the onset', async () => {
    await tell({ kind: 'planned', title: 'bank holiday', brands: ['acme', 'globex'], at: ago(600), until: ago(300) })
    expect(await told('/issues/iss-checkout/events')).toMatchObject([
      { words: "Planned event 'bank holiday' began 9 h 8 min before the onset and lasts 5 h." },
      { words: "Release '4.2.1' was 12 min before the onset.", beforeOnsetMs: 12 * MINUTE_MS },
    ])
    expect(await told('/issues/iss-drill/events')).toHaveLength(2)
    expect((await told('/issues/iss-globex/events')).map(({ title }) => title)).toEqual(['bank holiday'])
  })

  test('show each caller its own brands, and are deleted by who sees them all', async () => {
    const [holiday] = await told('/events?kind=planned', TOKENS.globex)
    expect(holiday).toMatchObject({ title: 'bank holiday', brands: ['globex'] })
    const drop = (id: string, token: string) => api.ask(`/events/${id}`, token, { method: 'DELETE' })
    expect((await drop(holiday!.id, TOKENS.globex)).status).toBe(403)
    const [release] = await told('/events?kind=release')
    expect((await drop(release!.id, TOKENS.globex)).status).toBe(404)
    expect((await drop(holiday!.id, TOKENS.mira)).status).toBe(204)
    expect((await drop(holiday!.id, TOKENS.mira)).status).toBe(404)
  })

  test('page by page come once each', async () => {
    for (const minute of [1, 2, 3, 4, 5]) await tell({ title: `n${minute}`, at: ago(minute), brands: ['globex'] })
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const answer = await api.ask(`/events?brand=globex&limit=2${cursor && `&cursor=${cursor}`}`, TOKENS.admin)
      const page = (await answer.json()) as { items: Told[]; nextCursor: string | null }
      seen.push(...page.items.map(({ title }) => title))
      cursor = page.nextCursor
    }
    expect(seen).toEqual(['n1', 'n2', 'n3', 'n4', 'n5'])
  })

  test('of another brand are not told apart by asking for it', async () => {
    await tell({ kind: 'incident', title: 'login fails', brands: ['acme', 'globex'] })
    const titles = async (query: string) =>
      (await told(`/events?kind=incident${query}`, TOKENS.globex)).map(({ title }) => title)
    expect(await titles('&brand=globex')).toEqual(['login fails'])
    expect(await titles('&brand=acme&brand=globex')).toEqual(['login fails'])
    expect(await titles('&brand=acme')).toEqual([])
  })

  test('after the onset hide none before it, nor do those of other types', async () => {
    const [onset, title] = [60, 'the one before'] as const
    await storeIssue(
      api.pool,
      issueOf(
        { id: 'iss-crowd', brand: 'globex', label: 'login', severity: 'major', ageMs: onset * MINUTE_MS, people: 9 },
        NOW,
        { type: { id: 'login', label: null, by: 'mira', reason: 'seen', confidence: 1, at: NOW, teaches: false } },
      ),
    )
    await tell({ title, at: ago(onset + 30), brands: ['globex'] })
    const crowd = Array.from({ length: 30 }, (_, n) => n / 30)
    await Promise.all(
      crowd.flatMap((n) => [
        tell({ title: 'of another type', at: ago(onset + 1 + n), brands: ['globex'], issueTypes: ['checkout'] }),
        tell({ title: 'afterwards', at: ago(onset - 1 - n), brands: ['globex'] }),
      ]),
    )
    const near = (await told('/issues/iss-crowd/events')).map((event) => event.title)
    expect(near).toContain(title)
    expect(near.filter((one) => one === 'afterwards')).toHaveLength(25)
    expect(near).not.toContain('of another type')
  })

  test('forget who posted them', async () => {
    await tell({ title: 'by globex' }, TOKENS.globex)
    const forgotten = await api.ask('/people/globex', TOKENS.admin, { method: 'DELETE' })
    expect(await forgotten.json()).toMatchObject({ rows: { known_event: 1 } })
    expect(await told('/events?limit=1')).toMatchObject([
      { title: 'by globex', postedBy: 'erased', brands: ['globex'] },
    ])
  })
})
