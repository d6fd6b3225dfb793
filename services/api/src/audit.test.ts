import { createHash, createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { burningDay, issueOf, storeIssue } from '../test/burning-day.ts'
import { PAGERDUTY_SECRET, type RunningApi, runningApi, testConfig, TOKENS } from '../test/running-api.ts'

let api: RunningApi
const LEAVING = 'token-of-zoe-who-leaves-01234'
beforeAll(async () => {
  const zoe = { name: 'zoe-who-leaves', token: LEAVING, role: 'responder' as const }
  const others = testConfig().api.tokens
  api = await runningApi({ tokens: [...others, zoe] })
  await burningDay(api.pool, Date.now())
})
afterAll(async () => api?.stop())

type Row = Record<string, unknown> & { id: string }
const audit = async (query = '', token: string = TOKENS.admin): Promise<Row[]> =>
  ((await (await api.ask(`/audit${query}`, token)).json()) as { items: Row[] }).items
const post = async (path: string, token: string, body: object = {}, headers: Record<string, string> = {}) =>
  api.ask(path, token, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })
let issue = ''
let count = 0
beforeEach(async () => {
  issue = `iss-audited-${(count += 1)}`
  const given = { id: issue, brand: 'acme', label: 'a', severity: 'major' as const, ageMs: 1, people: 9 }
  await storeIssue(api.pool, issueOf(given, Date.now()))
})
const credential = (secret: string) => createHash('sha256').update(secret).digest('hex').slice(0, 16)

describe('the audit log', () => {
  test('says who did what to which issue, from where, by which token, and what came of it', async () => {
    await post(`/issues/${issue}/acknowledge`, TOKENS.mira, { note: 'on it' }, { 'idempotency-key': 'k-1' })
    const [row] = await audit(`?issue=${issue}`)
    expect(row).toEqual({
      id: expect.any(String),
      at: expect.any(String),
      requestId: expect.any(String),
      who: 'mira',
      via: 'token',
      credential: credential(TOKENS.mira),
      address: '127.0.0.1',
      operation: 'acknowledgeIssue',
      route: 'POST /api/v1/issues/:id/acknowledge',
      brand: 'acme',
      issueId: issue,
      subject: null,
      status: 200,
      idempotencyKey: 'k-1',
    })
  })

  test('has a write once, however often it is repeated under its key', async () => {
    const again = async () => post(`/issues/${issue}/acknowledge`, TOKENS.mira, {}, { 'idempotency-key': `k-${issue}` })
    expect([(await again()).status, (await again()).status]).toEqual([200, 200])
    expect(await audit(`?issue=${issue}`)).toHaveLength(1)
  })

  test('has what was refused, with the refusal', async () => {
    await post(`/issues/${issue}/resolve`, TOKENS.acme)
    await post(`/issues/${issue}/resolve`, TOKENS.globex)
    const rows = await audit('?who=acme&who=globex&operation=resolveIssue')
    expect(rows.map(({ who, status, subject, brand }) => [who, status, subject, brand])).toEqual([
      ['globex', 404, issue, null],
      ['acme', 403, issue, null],
    ])
  })

  test('has no row of a write that was rolled back, and the write has none without it', async () => {
    const transaction = api.pool.transaction.bind(api.pool)
    const failing = vi.spyOn(api.pool, 'transaction').mockImplementationOnce(async (work) =>
      transaction(async (tx) => {
        await work(tx)
        throw new Error('the database went away before the commit')
      }),
    )
    const answer = await post(`/issues/${issue}/acknowledge`, TOKENS.mira)
    failing.mockRestore()
    expect(answer.status).toBe(500)
    expect(await (await api.ask(`/issues/${issue}`, TOKENS.mira)).json()).toMatchObject({ state: 'open' })
    expect((await audit(`?issue=${issue}`)).map(({ status }) => status)).toEqual([500])
  })

  test('is what a decision fails with: without its row there is none', async () => {
    await api.pool.query('ALTER TABLE outcry.audit ADD CONSTRAINT full_disk CHECK (issue_id IS NULL) NOT VALID')
    const answer = await post(`/issues/${issue}/acknowledge`, TOKENS.mira)
    await api.pool.query('ALTER TABLE outcry.audit DROP CONSTRAINT full_disk')
    expect(answer.status).toBe(500)
    expect(await (await api.ask(`/issues/${issue}`, TOKENS.mira)).json()).toMatchObject({ state: 'open' })
  })

  test('has mutes, their ends, and deliveries that were sent again, by their ids', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString()
    const muted = await post('/mutes', TOKENS.mira, { issueId: issue, reason: 'known', until })
    const { id } = (await muted.json()) as { id: string }
    await post(`/mutes/${id}/end`, TOKENS.mira)
    await api.pool.query(
      `INSERT INTO outcry.delivery (id, alert_id, alert_seq, issue_id, brand, target, dedup_key, state, attempts, body)
       VALUES ('wh-a', 'al-iss-checkout', 1, $1, 'acme', 'pager', 'd', 'dead', 9, '{}')`,
      [issue],
    )
    await post('/deliveries/wh-a/redeliver', TOKENS.admin)
    const rows = await audit(`?issue=${issue}`)
    expect(rows.map(({ operation, subject, status }) => [operation, subject, status])).toEqual([
      ['redeliver', 'wh-a', 202],
      ['endMute', id, 200],
      ['mute', id, 201],
    ])
  })

  test('has an erasure before it begins and after, and neither posts nor authors', async () => {
    await post('/erasures', TOKENS.admin, { author: { id: 'somebody', connector: 'push' } })
    const rows = await audit('?operation=erase')
    expect(rows.map(({ status }) => status)).toEqual([202, null])
    expect(rows[0]?.['requestId']).toBe(rows[1]?.['requestId'])
    expect(rows[0]?.['subject']).toMatch(/^er_/)
    expect(JSON.stringify(rows)).not.toContain('somebody')
  })

  test('has sessions from sign-in to sign-out, and what was done in them, by the session', async () => {
    const opened = await post('/session', TOKENS.mira)
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
    const secret = cookie.split('=')[1] ?? ''
    const headers = { cookie, origin: api.url, 'content-type': 'application/json' }
    const act = async (method: string, path: string) =>
      fetch(`${api.url}/api/v1${path}`, { method, headers, ...(method === 'POST' && { body: '{}' }) })
    await act('POST', `/issues/${issue}/acknowledge`)
    await act('DELETE', '/session')
    const rows = await audit('?who=mira&limit=3')
    expect(rows.map(({ operation, via, credential: by }) => [operation, via, by])).toEqual([
      ['closeSession', 'session', credential(secret)],
      ['acknowledgeIssue', 'session', credential(secret)],
      ['openSession', 'token', credential(TOKENS.mira)],
    ])
    expect(JSON.stringify(rows)).not.toContain(secret)
  })

  test('has the use of a one-time link', async () => {
    await fetch(await api.service.consoleLink(), { redirect: 'manual' })
    expect((await audit('?operation=signIn'))[0]).toMatchObject({ who: 'admin', status: 303 })
  })

  test('has what people decided in PagerDuty', async () => {
    const event = {
      id: `e-${issue}`,
      event_type: 'incident.acknowledged',
      occurred_at: new Date().toISOString(),
      agent: { summary: 'Jane Doe', type: 'user_reference' },
      data: { id: 'P1', incident_key: `outcry:${issue}` },
    }
    const body = JSON.stringify({ event })
    const signature = `v1=${createHmac('sha256', PAGERDUTY_SECRET).update(body).digest('hex')}`
    const headers = { 'content-type': 'application/json', 'x-pagerduty-signature': signature }
    await fetch(`${api.url}/api/v1/inbound/pagerduty`, { method: 'POST', headers, body })
    expect(await audit(`?issue=${issue}`)).toMatchObject([
      { who: 'Jane Doe in PagerDuty', via: 'webhook', brand: 'acme', subject: `pagerduty e-${issue}`, status: 202 },
    ])
  })

  test('pages through everything once, within a time', async () => {
    const since = new Date().toISOString()
    for (const verb of ['acknowledge', 'announce', 'resolve']) await post(`/issues/${issue}/${verb}`, TOKENS.mira)
    const seen: unknown[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: { items: Row[]; nextCursor: string | null } = (await (
        await api.ask(`/audit?since=${since}&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`, TOKENS.admin)
      ).json()) as never
      seen.push(...page.items.map(({ operation }) => operation))
      cursor = page.nextCursor
    }
    expect(seen).toEqual(['resolveIssue', 'announceIssue', 'acknowledgeIssue'])
    expect(await audit(`?until=${since}&issue=${issue}`)).toEqual([])
  })
})

describe('somebody who used Outcry and asks to be forgotten', () => {
  const forget = async (name: string, token: string) =>
    api.ask(`/people/${encodeURIComponent(name)}`, token, { method: 'DELETE' })
  /** Tables that hold the name anywhere, searched whole. */
  const tablesWith = async (name: string) => {
    const { rows } = await api.pool.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'outcry' AND table_type = 'BASE TABLE'",
    )
    const found: string[] = []
    for (const table of rows) {
      const sql = `SELECT FROM outcry.${table.name} AS row WHERE position($1 in row::text) > 0 LIMIT 1`
      if ((await api.pool.query(sql, [name])).rowCount) found.push(table.name)
    }
    return found.toSorted()
  }

  test('is in no table by name, and what was done stays done', async () => {
    const name = 'zoe-who-leaves'
    const person = { issuer: 'https://id.example', subject: 's', name, role: 'responder', brands: null }
    await api.pool.query("INSERT INTO outcry.session VALUES ($1, 'session', NULL, 1, 2, $2)", [
      Buffer.alloc(32),
      person,
    ])
    const until = new Date(Date.now() + 3_600_000).toISOString()
    await post(`/issues/${issue}/acknowledge`, LEAVING, {}, { 'idempotency-key': `k-${issue}` })
    await post('/mutes', LEAVING, { issueId: issue, reason: 'known', until })
    const drafted = await post(`/issues/${issue}/statements`, LEAVING, {
      kind: 'holding',
      facts: { nextUpdate: until },
    })
    expect(drafted.status).toBe(201)
    const { id: draft } = (await drafted.json()) as { id: string }
    const approved = await post(
      `/statements/${draft}/approve`,
      TOKENS.mira,
      { version: 1 },
      { 'idempotency-key': 'k-a' },
    )
    expect(approved.status).toBe(200)
    await post(`/issues/${issue}/type`, LEAVING, { type: 'refund' })
    await post(`/issues/${issue}/resolve`, LEAVING)
    await api.pool.query("INSERT INTO outcry.playbook VALUES ('refund', 1, NULL, $1, 1)", [name])
    const naming = 'alert audit command idempotency issue mute playbook session statement timeline'
    expect((await tablesWith(name)).join(' ')).toBe(naming)

    const answer = await forget(name, TOKENS.admin)
    expect(answer.status).toBe(200)
    const { rows } = (await answer.json()) as { rows: Record<string, number> }
    expect(rows).toMatchObject({ alert: 2, audit: 5, issue: 3, mute: 1, playbook: 1, session: 1, statement: 1 })
    expect(await tablesWith(name)).toEqual([])
    const shown = await (await api.ask(`/issues/${issue}`, TOKENS.admin)).json()
    expect(shown).toMatchObject({ state: 'resolved', acknowledgedBy: 'erased', type: { id: 'refund', who: 'erased' } })
    const kept = await audit(`?issue=${issue}`)
    const done = { who: 'erased', operation: 'acknowledgeIssue', credential: null, address: null }
    expect(kept).toContainEqual(expect.objectContaining(done))
    expect((await audit('?operation=forgetPerson'))[0]).toMatchObject({ who: 'admin', subject: null, status: 200 })
  })

  test.each(['detector', 'clock', 'alerter', 'drill', 'cli', 'person', 'erased'])(
    'is a person: the name %s is refused, and still says who acted',
    async (name) => {
      const refused = await forget(name, TOKENS.admin)
      const faults = [{ path: 'id', value: `"${name}"`, fix: expect.stringContaining('name of a person') }]
      expect([refused.status, await refused.json()]).toMatchObject([400, { faults }])
    },
  )

  test('is forgotten by somebody else', async () => {
    expect((await forget('admin', TOKENS.admin)).status).toBe(409)
  })
})
