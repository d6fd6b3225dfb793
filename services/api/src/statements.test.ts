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
    await posted(`/statements/${closing.id}/publish`, { channels: [{ channel: 'x' }] })
    expect((await listed(issue)).owed).toEqual(['status page'])

    const timeline = (await (await api.ask(`/issues/${issue}/timeline`, TOKENS.acme)).json()) as {
      items: { kind: string; actor: string }[]
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
    ])
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
})
