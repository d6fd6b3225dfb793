import { MINUTE_MS, type Mention } from '@outcry/contracts'
import { issueMentions, loadIssue, upsertMentions } from '@outcry/store'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { burningDay } from '../test/burning-day.ts'
import { TOKENS, runningApi, type RunningApi } from '../test/running-api.ts'

const NOW = Date.now()
const ISSUE = 'iss-refund'

type View = {
  id: string
  url: string | null
  reach: number
  answered: { how: string; by: string | null } | null
  exchange: { byPerson: number; byBrand: number; advice: string | null }
  assignee: string | null
  handOff: { channel: string; by: string } | null
  outcome: { is: string; by: string } | null
  authenticity: { is: string; reasons: string[]; judged: { by: string } | null }
  version: number
}

let api: RunningApi
beforeAll(async () => {
  api = await runningApi()
  await burningDay(api.pool, NOW)
})
afterAll(() => api.stop())

const say = (id: string, more: Partial<Mention> = {}, issueId: string | null = ISSUE) =>
  upsertMentions(api.pool, [
    {
      brand: 'acme',
      mention: {
        id,
        op: 'create',
        rev: '1',
        kind: 'post',
        source: 'bluesky',
        text: 'my refund never came',
        author: { id: `by-${id}`, followers: 9 },
        url: `https://posts.example/${id}`,
        observedAt: NOW,
        eventTime: NOW - 30 * MINUTE_MS,
        ...more,
      },
      complaint: 0.9,
      lang: 'en',
      clusterId: null,
      issueId,
    },
  ])
const read = async <T>(path: string): Promise<T> =>
  (await (await api.ask(`/issues/${ISSUE}/complaints${path}`, TOKENS.mira)).json()) as T
const list = async (query = '') => (await read<{ items: View[]; nextCursor: string | null }>(query)).items
const triage = async (body: object, token = TOKENS.mira) => {
  const headers = { 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify(body) }
  const answer = await api.ask(`/issues/${ISSUE}/complaints/triage`, token, init)
  const text = await answer.text()
  return { status: answer.status, text, body: JSON.parse(text) as { items: View[]; overtaken: View[] } }
}

describe('complaints of an issue', () => {
  beforeEach(async () => {
    await api.pool.query(`DELETE FROM outcry.mention WHERE issue_id = $1 OR id LIKE 'x:%'`, [ISSUE])
    await say('x:a:1', { author: { id: 'ann', followers: 9 } })
    await say('x:a:2', { url: 'javascript:alert(1)', eventTime: NOW - 5 * MINUTE_MS })
    await say('x:a:3', { repostOf: 'x:a:1' })
  })

  it('are listed with what was answered by whom and how, and with the advice to move on in private', async () => {
    const reply = { byBrand: true, author: { id: 'acme' } }
    await say('x:a:r1', { ...reply, parentId: 'x:a:1' }, null)
    await say('x:a:4', { author: { id: 'ann' }, parentId: 'x:a:r1', eventTime: NOW })
    const [waiting, latest, done] = await list()
    expect(waiting).toMatchObject({ id: 'x:a:2', url: null, reach: 10, answered: null, version: 0 })
    expect(latest).toMatchObject({ id: 'x:a:4', answered: null })
    const advice = 'Move it to a private channel: 3 public messages'
    expect(done).toMatchObject({
      id: 'x:a:1',
      platform: 'x',
      answered: { how: 'reply', by: null },
      exchange: { byPerson: 2, byBrand: 1, advice },
    })
    await triage({ complaints: [{ id: 'x:a:1', version: 0 }], handOff: 'email' })
    expect((await list('?answered=true'))[0]!.exchange.advice).toBeNull()
  })

  it('are triaged together, with a line in the timeline where it matters and one in the audit log', async () => {
    const both = ['x:a:1', 'x:a:2'].map((id) => ({ id, version: 0 }))
    const { body } = await triage({ complaints: both, assignee: 'mira', outcome: 'not-solved' })
    expect(body.items.map(({ assignee, outcome, answered }) => [assignee, outcome?.is, answered?.how])).toEqual([
      ['mira', 'not-solved', 'outcome'],
      ['mira', 'not-solved', 'outcome'],
    ])
    expect(await read('/summary')).toMatchObject({
      complaints: 2,
      unanswered: 0,
      oldestUnansweredAt: null,
      outcomes: { 'not-solved': 2 },
      assignees: { mira: 2 },
    })
    await triage({ complaints: [{ id: 'x:a:1', version: 1 }], answered: false, assignee: null, outcome: null })
    expect((await list('?unassigned=true')).map(({ id, answered }) => [id, answered])).toEqual([['x:a:1', null]])
    const { rows } = await api.pool.query<{ actor: string; body: object }>(
      `SELECT actor, body FROM outcry.timeline WHERE issue_id = $1 AND kind = 'triaged' ORDER BY at, id`,
      [ISSUE],
    )
    expect(rows).toContainEqual({ actor: 'mira', body: { outcome: 'not-solved', posts: 2 } })
    expect(JSON.stringify(rows)).not.toContain('x:a:')
    const { rows: acts } = await api.pool.query(
      `SELECT who FROM outcry.audit WHERE operation = 'triageComplaints' AND issue_id = $1 AND status = 200`,
      [ISSUE],
    )
    expect(acts).toHaveLength(3)
  })

  it('are judged by a person over the estimate', async () => {
    await say('x:a:5', { author: { id: 'new', createdAt: NOW - 31 * MINUTE_MS } })
    expect((await list()).find(({ id }) => id === 'x:a:5')?.authenticity).toEqual({
      is: 'uncertain',
      reasons: ['The account was made the same day.'],
      judged: null,
    })
    const authenticity = { is: 'genuine', reason: 'called her' }
    await triage({ complaints: [{ id: 'x:a:5', version: 0 }], authenticity })
    expect((await list('?authenticity=genuine'))[0]!.authenticity).toMatchObject({
      is: 'genuine',
      reasons: ['called her'],
      judged: { by: 'mira' },
    })
  })

  it('stay as they are for whoever saw an earlier version', async () => {
    const one = { complaints: [{ id: 'x:a:1', version: 0 }] }
    const answers = await Promise.all([
      triage({ ...one, assignee: 'mira' }),
      triage({ ...one, assignee: 'admin' }, TOKENS.admin),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    const [won] = answers.flatMap(({ body }) => body.items)
    const [lost] = answers.flatMap(({ body }) => body.overtaken)
    expect(won!.assignee).toBe(lost!.assignee)
    expect(answers.flatMap(({ body }) => body.items)).toHaveLength(1)
  })

  it('name what is no complaint of the issue, and change nothing then', async () => {
    const complaints = [
      { id: 'x:a:1', version: 0 },
      { id: 'x:a:3', version: 0 },
    ]
    const { status, text } = await triage({ complaints, answered: true })
    expect([status, text]).toEqual([400, expect.stringContaining('"path":"complaints[1].id"')])
    expect((await triage({ complaints: complaints.slice(0, 1) })).status).toBe(400)
    expect((await triage({ complaints: [{ id: 'x:a:1', version: 0 }], outcome: 'won' })).status).toBe(400)
    expect((await list()).every(({ version }) => version === 0)).toBe(true)
  })

  it('are removed and split off only where they are of the issue, by a command that the detector reads', async () => {
    const ask = async (verb: string, mentionIds: string[]) => {
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ mentionIds }),
      }
      const answer = await api.ask(`/issues/${ISSUE}/${verb}`, TOKENS.mira, init)
      return { status: answer.status, text: await answer.text() }
    }
    for (const verb of ['remove', 'split']) {
      const wrong = await ask(verb, ['x:a:1', 'x:elsewhere'])
      expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining('"path":"mentionIds[1]"')])
    }
    const { evidence } = (await loadIssue(api.pool, ISSUE))!.body as { evidence: { mentionIds: string[] } }
    const stored = await issueMentions(api.pool, ISSUE, null, 200)
    const every = [...new Set([...evidence.mentionIds, ...stored.map(({ id }) => id)])]
    const whole = await ask('split', every)
    expect([whole.status, whole.text]).toEqual([400, expect.stringContaining('It names every post of the issue.')])
    expect((await ask('split', every.slice(1))).status).toBe(202)
    const { status, text } = await ask('remove', ['x:a:1'])
    expect(status).toBe(202)
    const { commandId } = JSON.parse(text) as { commandId: string }
    const { rows } = await api.pool.query('SELECT actor, body FROM outcry.command WHERE id = $1', [commandId])
    expect(rows).toEqual([{ actor: 'mira', body: { type: 'remove', issueId: ISSUE, mentionIds: ['x:a:1'] } }])
  })

  it('take the word of a person on the whole issue, shown with what the detector sees', async () => {
    const judge = async (body: object) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
      return (await api.ask(`/issues/${ISSUE}/authenticity`, TOKENS.mira, init)).status
    }
    const seen = async () =>
      (await (await api.ask(`/issues/${ISSUE}`, TOKENS.mira)).json()) as { authenticity: string; judged: object | null }
    expect(await judge({ authenticity: 'coordinated' })).toBe(400)
    expect(await judge({ authenticity: 'coordinated', reason: 'one text by many' })).toBe(200)
    expect(await seen()).toMatchObject({
      authenticity: 'coordinated',
      judged: { by: 'mira', reason: 'one text by many', seen: 'genuine' },
    })
    expect(await judge({ authenticity: null })).toBe(200)
    expect(await seen()).toMatchObject({ authenticity: 'genuine', judged: null })
  })

  it('go on page by page in each order', async () => {
    for (let n = 10; n < 20; n++) await say(`x:a:${n}`, { author: { id: `p${n}`, followers: n % 3 } })
    for (const sort of ['urgent', 'reach', 'age']) {
      const seen: string[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: { items: View[]; nextCursor: string | null } = await read(
          `?sort=${sort}&limit=5${cursor && `&cursor=${cursor}`}`,
        )
        seen.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
      }
      expect(seen).toEqual((await list(`?sort=${sort}&limit=200`)).map(({ id }) => id))
      expect(seen).toHaveLength(12)
    }
  })
})
