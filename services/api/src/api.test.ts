import { createHmac } from 'node:crypto'
import { MENTIONS_TOPIC, decodeRecord } from '@outcry/bus'
import type { FeedFrame } from '@outcry/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { alertOf, burningDay, issueOf, storeAlert, storeIssue } from '../test/burning-day.ts'
import { PUSH_SECRET, TOKENS, runningApi, type RunningApi } from '../test/running-api.ts'
import { eventually } from '../test/eventually.ts'

const NOW = Date.now()
let api: RunningApi
beforeAll(async () => {
  api = await runningApi()
  await burningDay(api.pool, NOW)
})
afterAll(async () => api?.stop())

type List = { items: { id: string }[]; nextCursor: string | null }
const list = async (path: string, token: string = TOKENS.admin): Promise<List> => {
  const answer = await api.ask(path, token)
  expect(answer.status).toBe(200)
  return (await answer.json()) as List
}
const ids = async (path: string, token?: string) => (await list(path, token)).items.map(({ id }) => id)
const post = async (path: string, token: string, body: object, headers: Record<string, string> = {}) =>
  api.ask(path, token, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })

describe('reading', () => {
  test('lists what the token may see, with its drills', async () => {
    expect(await ids('/issues')).toEqual([
      'iss-drill',
      'iss-checkout',
      'iss-refund',
      'iss-held',
      'iss-globex',
      'iss-over',
    ])
    expect(await ids('/issues', TOKENS.acme)).toEqual([
      'iss-drill',
      'iss-checkout',
      'iss-refund',
      'iss-held',
      'iss-over',
    ])
    expect(await ids('/issues', TOKENS.globex)).toEqual(['iss-globex'])
    expect((await api.ask('/issues/iss-globex', TOKENS.acme)).status).toBe(404)
    expect(await ids('/brands', TOKENS.acme)).toEqual(['acme'])
  })

  test('filters by state, severity, brand, time and text taken literally', async () => {
    expect(await ids('/issues?state=open&severity=crisis')).toEqual(['iss-checkout'])
    expect(await ids('/issues?brand=globex&brand=acme%23drill-7')).toEqual(['iss-drill', 'iss-globex'])
    expect(await ids('/issues?q=REFUND')).toEqual(['iss-refund'])
    expect(await ids('/issues?q=%25')).toEqual([])
    expect(await ids(`/issues?since=${new Date(NOW + 1_000).toISOString()}`)).toEqual([])
    expect(await ids('/issues?drill=true')).toEqual(['iss-drill'])
  })

  test('pages through everything once', async () => {
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page = await list(`/issues?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(seen).toEqual(['iss-drill', 'iss-checkout', 'iss-refund', 'iss-held', 'iss-globex', 'iss-over'])
    const first = await list('/issues/iss-checkout/mentions?limit=2')
    const second = await list(`/issues/iss-checkout/mentions?limit=2&cursor=${first.nextCursor}`)
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([1, 2, 3].map((n) => `push:support:${n}`))
  })

  test('shows each source as its owner reported it, one that never ran as blind', async () => {
    const answer = await api.ask('/sources', TOKENS.admin)
    type Shown = { name: string; state: string; fix: string | null; lagMs: number | null }
    const { items } = (await answer.json()) as { items: Shown[] }
    expect(items.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'support live',
      'app-reviews blind',
      'bluesky lagging',
    ])
    expect(items.map(({ fix }) => fix)).toEqual([
      null,
      expect.stringContaining('doctor --source app-reviews'),
      expect.stringContaining('by itself'),
    ])
    expect(items[0]?.lagMs).toBeGreaterThanOrEqual(0)
  })

  test('counts the pages and open issues of a brand', async () => {
    const { items } = (await (await api.ask('/brands', TOKENS.admin)).json()) as { items: object[] }
    expect(items[0]).toMatchObject({ id: 'acme', openIssues: { crisis: 1, major: 1 }, pagesUsed: 2, pagesPerWeek: 3 })
  })

  test('says of a new brand until when it learns, and that another waits for its first mention', async () => {
    const { items } = (await (await api.ask('/brands', TOKENS.admin)).json()) as { items: { learning: object }[] }
    const until = new Date(NOW - 3 * 60_000 + 36 * 60_000).toISOString()
    expect(items.map(({ learning }) => learning)).toEqual([{ until }, { until: null }])
  })

  test('says what a page costs, what became of pages, and which issues were held and why', async () => {
    const answer = await api.ask('/brands/acme/pages', TOKENS.acme)
    expect(await answer.json()).toMatchObject({
      brand: 'acme',
      pagesUsed: 2,
      paging: {
        price: 1.9,
        weeks: [{ pages: 2, crises: 1 }, { pages: 0 }, { pages: 0 }, { pages: 0 }],
        perWeek: 2,
        closed: 1,
        dismissed: 0,
        precision: 1,
        held: 1,
      },
      held: [
        { id: 'iss-refund', worth: 3.7, pageReason: expect.stringContaining('held: ') },
        { id: 'iss-held', worth: 1.4, pageReason: expect.stringContaining('held: ') },
      ],
    })
    expect((await api.ask('/brands/globex/pages', TOKENS.acme)).status).toBe(404)
    const held = (await (await api.ask('/issues?page=held', TOKENS.acme)).json()) as { items: { id: string }[] }
    expect(held.items.map(({ id }) => id)).toEqual(['iss-refund', 'iss-held'])
  })
})

describe('deciding', () => {
  test('mutes an issue until a time, and says so in its timeline', async () => {
    await storeIssue(
      api.pool,
      issueOf({ id: 'iss-m', brand: 'acme', label: 'm', severity: 'major', ageMs: 1, people: 9 }, NOW),
    )
    const until = new Date(NOW + 3_600_000).toISOString()
    const muted = await post('/mutes', TOKENS.mira, { issueId: 'iss-m', reason: 'known', until })
    expect(muted.status).toBe(201)
    const { id } = (await muted.json()) as { id: string }
    expect(await ids('/mutes', TOKENS.acme)).toEqual([id])
    expect(await ids('/mutes', TOKENS.globex)).toEqual([])
    expect((await post(`/mutes/${id}/end`, TOKENS.globex, {})).status).toBe(404)
    expect(await (await post(`/mutes/${id}/end`, TOKENS.mira, {})).json()).toMatchObject({ id, owner: 'mira' })
    expect(await ids('/mutes')).toEqual([])
    const timeline = (await (await api.ask('/issues/iss-m/timeline', TOKENS.acme)).json()) as { items: object[] }
    expect(timeline.items.slice(-2)).toMatchObject([{ kind: 'muted', actor: 'mira' }, { kind: 'mute-ended' }])
    await api.pool.query("DELETE FROM outcry.issue WHERE id = 'iss-m'")
  })

  test('acknowledges in one transaction, once for an Idempotency-Key, and it stands in the timeline', async () => {
    await storeIssue(
      api.pool,
      issueOf({ id: 'iss-a', brand: 'acme', label: 'a', severity: 'major', ageMs: 1, people: 9 }, NOW),
    )
    const headers = { 'idempotency-key': 'k-1' }
    const first = await post('/issues/iss-a/acknowledge', TOKENS.mira, { note: 'on it' }, headers)
    const again = await post('/issues/iss-a/acknowledge', TOKENS.mira, { note: 'on it' }, headers)
    const text = await first.text()
    expect(JSON.parse(text)).toMatchObject({
      issue: { state: 'acknowledged', acknowledgedBy: 'mira' },
      commandId: null,
    })
    expect([await again.text(), again.headers.get('idempotency-replayed')]).toEqual([text, 'true'])
    const other = await post('/issues/iss-a/acknowledge', TOKENS.mira, { note: 'else' }, headers)
    expect(other.status).toBe(422)
    const timeline = (await (await api.ask('/issues/iss-a/timeline', TOKENS.acme)).json()) as { items: object[] }
    expect(timeline.items.at(-1)).toMatchObject({ actor: 'mira', data: { note: 'on it' } })
  })

  test('does a write once under its key also where the process dies before it answers, and says so', async () => {
    const headers = { 'idempotency-key': 'died' }
    const tell = () => post('/events', TOKENS.mira, { kind: 'release', title: 'told once' }, headers)
    expect((await tell()).status).toBe(201)
    const dead = `UPDATE outcry.idempotency SET status = NULL, response = NULL, created_at = now() - interval '2 min'`
    await api.pool.query(`${dead} WHERE key = 'died'`)
    const again = await tell()
    expect([again.status, ((await again.json()) as { code: string }).code]).toEqual([409, 'IDEMPOTENCY_APPLIED'])
    const { rows } = await api.pool.query(`SELECT FROM outcry.known_event WHERE title = 'told once'`)
    expect(rows).toHaveLength(1)
  })

  test('sends what changes counting on its way, and refuses it on a closed issue', async () => {
    const issue = issueOf({ id: 'iss-b', brand: 'acme', label: 'b', severity: 'major', ageMs: 1, people: 9 }, NOW)
    const mentionIds = ['push:support:1', 'push:support:2']
    await storeIssue(api.pool, { ...issue, evidence: { ...issue.evidence, mentionIds } })
    const split = await post('/issues/iss-b/split', TOKENS.mira, { mentionIds: ['push:support:1'] })
    expect(split.status).toBe(202)
    const dismissed = await post('/issues/iss-b/dismiss', TOKENS.mira, { reason: 'a meme' })
    const { commandId } = (await dismissed.json()) as { commandId: string }
    const { rows } = await api.pool.query('SELECT actor, body FROM outcry.command WHERE id = $1', [commandId])
    expect(rows).toEqual([{ actor: 'mira', body: { type: 'dismiss', issueId: 'iss-b', reason: '' } }])
    const late = await post('/issues/iss-b/acknowledge', TOKENS.mira, {})
    expect([late.status, await late.json()]).toMatchObject([409, { code: 'COMMAND_REFUSED' }])
  })

  test('sends a dead delivery again under its id and says who asked', async () => {
    await api.pool.query(
      `INSERT INTO outcry.delivery (id, alert_id, alert_seq, issue_id, brand, target, dedup_key, state, attempts, body)
       SELECT 'wh_' || n, 'al-iss-checkout', 1, 'iss-checkout', 'acme', 'pager', 'd', 'dead', 9, '{}'
       FROM generate_series(1, 3) AS n`,
    )
    const dead = await ids('/deliveries?state=dead&limit=2')
    expect(dead).toHaveLength(2)
    const again = await post('/deliveries/wh_2/redeliver', TOKENS.admin, {})
    expect(await again.json()).toMatchObject({ id: 'wh_2', state: 'pending', attempts: 0, alertKind: 'opened' })
    expect((await post('/deliveries/wh_2/redeliver', TOKENS.admin, {})).status).toBe(409)
    const timeline = (await (await api.ask('/issues/iss-checkout/timeline', TOKENS.acme)).json()) as { items: object[] }
    expect(timeline.items.at(-1)).toMatchObject({ kind: 'redelivered', actor: 'admin' })
  })
})

describe('signed push', () => {
  const body = JSON.stringify([{ id: 'p1', text: 'acme checkout hangs', createdAt: '2026-11-22T05:00:00Z' }])
  const push = async (id: string, text: string, atMs: number, secret = PUSH_SECRET) => {
    const timestamp = String(Math.floor(atMs / 1_000))
    const key = Buffer.from(secret.slice(6), 'base64')
    const signature = `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${text}`).digest('base64')}`
    const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
    return fetch(`${api.url}/api/v1/mentions`, {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'application/json', ...headers },
    })
  }
  const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code

  test('is on the bus when it is answered, and refused when it is replayed', async () => {
    const answer = await push('msg_1', body, Date.now())
    expect([answer.status, await answer.json()]).toEqual([202, { source: 'support', mentions: 1, matched: 1 }])
    const { rows } = await api.pool.query<{ value: Buffer }>('SELECT value FROM outcry.bus_record WHERE topic = $1', [
      MENTIONS_TOPIC,
    ])
    const texts = rows.map(({ value }) => {
      const decoded = decodeRecord(value)
      return decoded.ok && decoded.record.kind === 'mention' ? decoded.record.mention.text : null
    })
    expect(texts).toContain('acme checkout hangs')
    expect(await codeOf(await push('msg_1', body, Date.now()))).toBe('PUSH_REPLAYED')
  })

  test('is refused with another secret, an old timestamp or faults', async () => {
    const foreign = `whsec_${Buffer.alloc(32, 1).toString('base64')}`
    expect(await codeOf(await push('msg_2', body, Date.now(), foreign))).toBe('SIGNATURE_INVALID')
    expect(await codeOf(await push('msg_3', body, Date.now() - 400_000))).toBe('PUSH_STALE')
    const faulty = await push('msg_4', '[{"id":"p2","text":7}]', Date.now())
    expect(faulty.status).toBe(400)
    expect(await codeOf(await push('msg_5', '[{"id":', Date.now()))).toBe('REQUEST_INVALID')
  })
})

test('the feed sends what is stored from now on, and resumes', async () => {
  const frames: FeedFrame[] = []
  const connect = (after?: number) => {
    const socket = new WebSocket(`${api.url.replace('http', 'ws')}/api/v1/feed`)
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', token: TOKENS.acme, after })))
    socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString('utf8')) as FeedFrame))
    return socket
  }
  const first = connect()
  await eventually(() => expect(frames.map(({ type }) => type)).toEqual(['welcome']))
  const issue = issueOf({ id: 'iss-f', brand: 'acme', label: 'feed', severity: 'major', ageMs: 1, people: 9 }, NOW)
  await storeAlert(api.pool, { ...alertOf(issue, 'al-f0'), brand: 'globex' })
  await storeAlert(api.pool, alertOf(issue, 'al-f1'))
  await eventually(() => expect(frames.at(-1)).toMatchObject({ type: 'alert', data: { id: 'al-f1' } }))
  first.terminate()
  const seq = frames.flatMap((frame) => (frame.type === 'alert' ? [frame.seq] : []))
  await storeAlert(api.pool, alertOf(issue, 'al-f2'))
  const second = connect(seq.at(-1))
  await eventually(() => expect(frames.at(-1)).toMatchObject({ type: 'alert', data: { id: 'al-f2' } }))
  expect(frames.filter(({ type }) => type === 'alert')).toHaveLength(2)
  second.terminate()
})

describe('start and stop', () => {
  test('a taken port is PORT_TAKEN with what to do', async () => {
    const port = Number(new URL(api.url).port)
    await expect(runningApi({ port })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      fix: expect.stringContaining('api.port'),
    })
  })

  test('an address others can reach is refused without tokens', async () => {
    await expect(runningApi({ host: '0.0.0.0', tokens: [] })).rejects.toMatchObject({
      code: 'API_TOKENS_MISSING',
      exitCode: 2,
    })
  })

  test('an address of another machine is HOST_UNAVAILABLE', async () => {
    await expect(runningApi({ host: '192.0.2.1' })).rejects.toMatchObject({ code: 'HOST_UNAVAILABLE' })
  })

  test('stops twice, with a feed client still there', async () => {
    const other = await runningApi()
    const socket = new WebSocket(`${other.url.replace('http', 'ws')}/api/v1/feed`)
    const closed = new Promise<number>((resolve) => socket.on('close', resolve))
    await new Promise((resolve) => socket.on('open', resolve))
    await Promise.all([other.service.stop(), other.stop()])
    expect(await closed).toBe(1001)
    expect(other.service.ready?.().ready).toBe(false)
  })

  test('the console link opens the console once', async () => {
    const link = await api.service.consoleLink()
    const opened = await fetch(link, { redirect: 'manual' })
    expect([opened.status, opened.headers.get('location')]).toEqual([303, '/'])
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
    const me = await fetch(`${api.url}/api/v1/session`, { headers: { cookie } })
    expect(await me.json()).toMatchObject({ name: 'admin', role: 'admin' })
    const page = await fetch(api.url)
    const text = await page.text()
    expect(text).toMatch(/<script type="module" src="\/console\/[\w-]{22}\/main\.js">/)
  })

  test('signs in, and out, for every API process on the database, with the role the token has', async () => {
    const other = await api.another()
    const link = new URL(await api.service.consoleLink())
    const opened = await fetch(`${other}${link.pathname}${link.search}`, { redirect: 'manual' })
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
    const again = await fetch(link, { redirect: 'manual' })
    expect(again.headers.get('location')).toBe('/#sign-in=expired')
    const whoAt = async (url: string) => {
      const answer = await fetch(`${url}/api/v1/session`, { headers: { cookie } })
      return answer.ok ? answer.json() : answer.status
    }
    const admin = { name: 'admin', role: 'admin', brands: null }
    expect([await whoAt(api.url), await whoAt(other)]).toEqual([admin, admin])
    const headers = { cookie, origin: other }
    expect((await fetch(`${other}/api/v1/session`, { method: 'DELETE', headers })).status).toBe(204)
    expect([await whoAt(api.url), await whoAt(other)]).toEqual([401, 401])
  })
})
