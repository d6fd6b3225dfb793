import { upsertMentions } from '@outcry/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueOf, storeIssue } from '../test/burning-day.ts'
import { ADMIN_TOKEN, TOKENS, runningApi, type RunningApi } from '../test/running-api.ts'

const NOW = Date.now()
const inAnHour = new Date(NOW + 3_600_000).toISOString()
let api: RunningApi
beforeAll(async () => void (api = await runningApi()))
afterAll(async () => api?.stop())

type View = {
  id: string
  state: string
  version: number
  approvedBy: string | null
  findings: { rule: string; blocks: boolean }[]
  rendered: { text: string; email: { subject: string } }
  publications: { channel: string; url: string | null }[]
}
const newIssue = async (id: string): Promise<string> => {
  await storeIssue(
    api.pool,
    issueOf({ id, brand: 'acme', label: 'checkout hangs', severity: 'major', ageMs: 1, people: 9 }, NOW),
  )
  return id
}
const post = async (path: string, body: object, token: string = TOKENS.mira) =>
  api.ask(path, token, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
const posted = async (path: string, body: object, token?: string): Promise<View> => {
  const answer = await post(path, body, token)
  expect([200, 201]).toContain(answer.status)
  return (await answer.json()) as View
}
const listed = async (issueId: string) =>
  (await (await api.ask(`/issues/${issueId}/statements`, TOKENS.acme)).json()) as { items: View[]; owed: string[] }

describe('what is said of an issue', () => {
  test('goes from a draft over another person to the channels, announces the issue, and ends with thanks on each', async () => {
    const issue = await newIssue('iss-said')
    const draft = await posted(`/issues/${issue}/statements`, { kind: 'holding', facts: { eta: inAnHour } })
    expect(draft).toMatchObject({
      state: 'draft',
      version: 1,
      findings: [],
      rendered: { email: { subject: 'Acme: checkout hangs' } },
    })
    expect(draft.rendered.text).toMatch(/^We know about this problem: checkout hangs\.\nWe are sorry\./)
    const own = await post(`/statements/${draft.id}/approve`, { version: 1 })
    expect([own.status, await own.json()]).toMatchObject([409, { code: 'COMMAND_REFUSED' }])
    expect(await posted(`/statements/${draft.id}/approve`, { version: 1 }, ADMIN_TOKEN)).toMatchObject({
      state: 'approved',
      approvedBy: 'admin',
    })
    const channels = [{ channel: 'x', url: 'https://x.example/1' }, { channel: 'status page' }]
    expect(await posted(`/statements/${draft.id}/publish`, { channels })).toMatchObject({
      state: 'published',
      publications: [
        { channel: 'x', url: 'https://x.example/1' },
        { channel: 'status page', url: null },
      ],
    })
    expect(await (await api.ask(`/issues/${issue}`, TOKENS.acme)).json()).toMatchObject({ state: 'announced' })
    expect((await listed(issue)).owed).toEqual(['x', 'status page'])

    const closing = await posted(`/issues/${issue}/statements`, { kind: 'closing', language: 'de' })
    expect(closing.rendered.text).toContain('danken Ihnen')
    await posted(`/statements/${closing.id}/approve`, { version: 1 }, ADMIN_TOKEN)
    await posted(`/statements/${closing.id}/publish`, { channels: [{ channel: 'X ' }] })
    expect((await listed(issue)).owed).toEqual(['status page'])
    await posted(`/statements/${closing.id}/publish`, { channels: [{ channel: 'x' }] })
    await posted(`/statements/${closing.id}/publish`, { channels: [{ channel: 'Status page' }, { channel: 'x' }] })
    expect((await listed(issue)).owed).toEqual([])

    const timeline = (await (await api.ask(`/issues/${issue}/timeline`, TOKENS.acme)).json()) as {
      items: { kind: string; actor: string; data: { channels?: string[] } }[]
    }
    expect(timeline.items.map(({ kind, actor }) => `${kind} ${actor}`)).toEqual([
      'opened detector',
      'statement-drafted mira',
      'statement-approved admin',
      'statement-published mira',
      'updated mira',
      'statement-drafted mira',
      'statement-approved admin',
      'statement-published mira',
      'statement-published mira',
    ])
    const told = timeline.items.filter(({ kind }) => kind === 'statement-published')
    expect(told.map(({ data }) => data.channels)).toEqual([['x', 'status page'], ['X'], ['Status page']])
  })

  test('is published and announces the issue in one, or is not published at all', async () => {
    const issue = await newIssue('iss-halfway')
    const { id } = await posted(`/issues/${issue}/statements`, { kind: 'holding', facts: { eta: inAnHour } })
    await posted(`/statements/${id}/approve`, { version: 1 }, ADMIN_TOKEN)
    const stays = `CHECK (id <> '${issue}' OR state = 'open')`
    await api.pool.query(`ALTER TABLE outcry.issue ADD CONSTRAINT stays ${stays}`)
    const channels = [{ channel: 'x' }]
    expect((await post(`/statements/${id}/publish`, { channels })).status).toBe(500)
    expect((await listed(issue)).items).toMatchObject([{ state: 'approved', publications: [] }])
    await api.pool.query('ALTER TABLE outcry.issue DROP CONSTRAINT stays')
    await posted(`/statements/${id}/publish`, { channels })
    expect(await (await api.ask(`/issues/${issue}`, TOKENS.acme)).json()).toMatchObject({ state: 'announced' })
  })

  test('leaves the thanks of a merged issue to the one that goes on, where new statements are made', async () => {
    const [from, into] = [await newIssue('iss-from'), await newIssue('iss-into')]
    const said = async (issue: string, channel: string) => {
      const { id } = await posted(`/issues/${issue}/statements`, { kind: 'holding', facts: { eta: inAnHour } })
      await posted(`/statements/${id}/approve`, { version: 1 }, ADMIN_TOKEN)
      await posted(`/statements/${id}/publish`, { channels: [{ channel }] })
    }
    await said(from, 'mastodon')
    await said(into, 'x')
    await api.pool.query(
      `UPDATE outcry.issue SET state = 'merged',
         body = body || jsonb_build_object('state', 'merged', 'mergedInto', $2::text) WHERE id = $1`,
      [from, into],
    )
    expect((await listed(into)).owed).toEqual(['mastodon', 'x'])
    expect((await listed(from)).owed).toEqual([])
    const refused = await post(`/issues/${from}/statements`, { kind: 'closing' })
    expect([refused.status, await refused.json()]).toMatchObject([
      409,
      { detail: expect.stringContaining(`was merged into ${into}`) },
    ])
  })

  test('is approved only where the text itself tells a time, and published first only before it', async () => {
    const issue = await newIssue('iss-untold')
    const facts = { eta: inAnHour }
    const path = `/issues/${issue}/statements`
    const untold = await posted(path, { kind: 'holding', facts, text: 'We are sorry. It works again at five.' })
    expect(untold.findings).toMatchObject([{ rule: 'eta-or-update', blocks: true }])
    expect((await post(`/statements/${untold.id}/approve`, { version: 1 }, ADMIN_TOKEN)).status).toBe(409)
    const { id } = await posted(path, { kind: 'holding', facts })
    await posted(`/statements/${id}/approve`, { version: 1 }, ADMIN_TOKEN)
    await api.pool.query(
      `UPDATE outcry.statement SET facts = jsonb_set(facts, '{eta}', to_jsonb($2::bigint)) WHERE id = $1`,
      [id, NOW - 60_000],
    )
    const late = await post(`/statements/${id}/publish`, { channels: [{ channel: 'x' }] })
    expect([late.status, await late.json()]).toMatchObject([
      409,
      { detail: expect.stringContaining('The time of eta has passed') },
    ])
  })

  test('remarks what is named in another language, and draws nothing invisible into the text', async () => {
    const issue = await newIssue('iss-words')
    const mention = {
      id: 'push:support:1',
      op: 'create' as const,
      rev: '1',
      kind: 'post' as const,
      source: 'support',
      text: 'checkout hangs',
      author: { id: 'ann' },
      observedAt: NOW,
      eventTime: NOW,
    }
    const row = { brand: 'acme', complaint: 0.9, lang: 'en', clusterId: null, issueId: issue, mention }
    await upsertMentions(api.pool, [row])
    const path = `/issues/${issue}/statements`
    const facts = { eta: inAnHour, affected: ' \u200B', what: 'Die Kasse\u202E h\u00E4ngt' }
    const german = await posted(path, { kind: 'holding', language: 'de', facts })
    expect(german.rendered.text).toContain('Problem: Die Kasse h\u00E4ngt.')
    expect(german.rendered.text).not.toContain('Betroffen')
    expect(german.findings).toEqual([])
    const mixed = await posted(path, { kind: 'holding', language: 'de', facts: { eta: inAnHour } })
    expect(mixed.findings).toMatchObject([{ rule: 'other-language', blocks: false }])
  })

  test('is not approved while it promises, blames, is not sorry or names no time', async () => {
    const issue = await newIssue('iss-bad')
    const text = 'You should have waited. We were hacked and refund everybody.'
    const draft = await posted(`/issues/${issue}/statements`, { kind: 'holding', text })
    expect(
      draft.findings
        .filter(({ blocks }) => blocks)
        .map(({ rule }) => rule)
        .sort(),
    ).toEqual(['apology', 'blame', 'eta-or-update', 'must-not-say', 'promise'])
    expect((await post(`/statements/${draft.id}/approve`, { version: 1 }, ADMIN_TOKEN)).status).toBe(409)
    const facts = { nextUpdate: inAnHour, remedy: 'free delivery of the next order' }
    const mended = await posted(`/statements/${draft.id}/edit`, { version: 1, facts })
    expect(mended).toMatchObject({ version: 2, findings: [] })
    expect((await post(`/statements/${draft.id}/edit`, { version: 1, facts: {} })).status).toBe(409)
    expect(await posted(`/statements/${draft.id}/withdraw`, {})).toMatchObject({ state: 'withdrawn' })
    expect((await post(`/statements/${draft.id}/approve`, { version: 2 }, ADMIN_TOKEN)).status).toBe(409)
  })

  test('shows a time that has passed since it was saved, and is not approved with it', async () => {
    const issue = await newIssue('iss-late')
    const { id } = await posted(`/issues/${issue}/statements`, { kind: 'holding', facts: { eta: inAnHour } })
    await api.pool.query(
      `UPDATE outcry.statement SET facts = jsonb_set(facts, '{eta}', to_jsonb($2::bigint)) WHERE id = $1`,
      [id, NOW - 60_000],
    )
    const [read] = (await listed(issue)).items
    expect(read?.findings).toContainEqual(expect.objectContaining({ rule: 'time-past', blocks: true }))
    expect((await post(`/statements/${id}/approve`, { version: 1 }, ADMIN_TOKEN)).status).toBe(409)
  })

  test('refuses times and addresses that are none, and keeps hostile text as text', async () => {
    const issue = await newIssue('iss-odd')
    const path = `/issues/${issue}/statements`
    expect((await post(path, { kind: 'holding', facts: { eta: 'soon' } })).status).toBe(400)
    expect((await post(path, { kind: 'tweet' })).status).toBe(400)
    expect((await post(path, { kind: 'brief', facts: { what: 'a\u0000' } })).status).toBe(400)
    expect((await post(path, { kind: 'brief', facts: { eta: '2027-02-31T08:00:00Z' } })).status).toBe(400)
    const draft = await posted(path, { kind: 'brief', facts: { what: '<b>{eta} & \u202e' } })
    expect(draft.rendered.text).toContain('<b>{eta}')
    await posted(`/statements/${draft.id}/edit`, { version: 1, facts: {}, text: 'ok' })
    await posted(`/statements/${draft.id}/approve`, { version: 2 }, ADMIN_TOKEN)
    const bad = { channels: [{ channel: 'x', url: 'javascript:alert(1)' }] }
    expect((await post(`/statements/${draft.id}/publish`, bad)).status).toBe(400)
    const nameless = { channels: [{ channel: '  ' }] }
    expect((await post(`/statements/${draft.id}/publish`, nameless)).status).toBe(400)
  })

  test('is taken once where two approve or edit at the same time', async () => {
    const issue = await newIssue('iss-race')
    const draft = await posted(`/issues/${issue}/statements`, { kind: 'brief' })
    const edits = ['one', 'two', 'three'].map((text) =>
      post(`/statements/${draft.id}/edit`, { version: 1, facts: {}, text }),
    )
    const statuses = (await Promise.all(edits)).map(({ status }) => status)
    expect(statuses.toSorted((one, other) => one - other)).toEqual([200, 409, 409])
    expect((await listed(issue)).items[0]).toMatchObject({ version: 2 })
  })

  test('is edited by more people at once than there are connections', async () => {
    const path = `/issues/${await newIssue('iss-busy')}/statements`
    const facts = { eta: inAnHour }
    const drafts = await Promise.all(Array.from({ length: 20 }, () => posted(path, { kind: 'holding', facts })))
    const edited = await Promise.all(drafts.map(({ id }) => posted(`/statements/${id}/edit`, { version: 1, facts })))
    expect(edited.map(({ version }) => version)).toEqual(drafts.map(() => 2))
  })
})
