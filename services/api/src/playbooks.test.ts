import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueOf, storeIssue } from '../test/burning-day.ts'
import { ADMIN_TOKEN, TOKENS, runningApi, type RunningApi } from '../test/running-api.ts'

const NOW = Date.now()
let api: RunningApi
beforeAll(async () => void (api = await runningApi()))
afterAll(async () => api?.stop())

type Row = { issueType: string; label: string; origin: string | null; version: number; by: string | null }
const ask = async (method: string, path: string, body?: object, token: string = ADMIN_TOKEN) => {
  const headers = { 'content-type': 'application/json' }
  const given = body === undefined ? { method } : { method, body: JSON.stringify(body), headers }
  const answer = await api.ask(path, token, given)
  return { status: answer.status, json: (await answer.json()) as never as Record<string, never> }
}
const get = async <T>(path: string, token: string = TOKENS.acme): Promise<T> =>
  (await ask('GET', path, undefined, token)).json as T
const newIssue = async (id: string, label: string) => {
  await storeIssue(api.pool, issueOf({ id, brand: 'acme', label, severity: 'major', ageMs: 1, people: 9 }, NOW))
  return id
}

describe('playbooks', () => {
  test('of each type are listed, also those without one and that of every other type', async () => {
    const { items } = await get<{ items: Row[] }>('/playbooks')
    const types = (await get<{ items: { id: string }[] }>('/issue-types')).items.map(({ id }) => id)
    expect(items.map(({ issueType }) => issueType)).toEqual([...types, '*'])
    expect(items.find(({ issueType }) => issueType === 'checkout')).toMatchObject({
      label: 'Checkout fails',
      origin: null,
      version: 0,
    })
    expect(items.at(-1)).toMatchObject({ issueType: '*', origin: 'configuration' })
    expect((await ask('GET', '/playbooks/chekout')).status).toBe(404)
  })

  test('are written in versions that count at once, and go back to the configuration', async () => {
    const issue = await newIssue('iss-book', 'points are gone')
    const book = {
      owner: 'Head of loyalty',
      queue: '#desk-{issue}',
      remedies: ['500 points'],
      clocks: { resolveMs: null },
    }
    const written = await ask('PUT', '/playbooks/*', { version: 0, playbook: book })
    expect(written).toMatchObject({ status: 200, json: { origin: 'database', version: 1, by: 'admin', faults: [] } })
    expect(await get(`/issues/${issue}/playbook`)).toMatchObject({
      issueType: '*',
      playbook: { owner: 'Head of loyalty', remedies: ['500 points'], mustNotSay: [] },
      queue: '#desk-points-are-gone',
      harm: 'money',
    })
    const brief = await ask('POST', `/issues/${issue}/statements`, { kind: 'brief' }, TOKENS.mira)
    const { text } = (brief.json as never as { rendered: { text: string } }).rendered
    expect(text).toContain('Send people to #desk-points-are-gone.\nHead of loyalty decides.')

    expect(await ask('PUT', '/playbooks/*', { version: 0, playbook: {} })).toMatchObject({
      status: 409,
      json: { code: 'COMMAND_REFUSED' },
    })
    const reset = await ask('DELETE', '/playbooks/*?version=1')
    expect(reset.json).toMatchObject({ origin: 'configuration', version: 2, playbook: { mustNotSay: ['hacked'] } })
    const { items } = await get<{ items: { version: number; playbook: object | null }[] }>('/playbooks/*/versions')
    expect(items.map(({ version, playbook }) => [version, playbook === null])).toEqual([
      [2, true],
      [1, false],
    ])
    const page = await get<{ items: unknown[]; nextCursor: string }>('/playbooks/*/versions?limit=1')
    expect([page.items.length, page.nextCursor]).toEqual([1, '2'])
    expect((await get<{ items: { version: number }[] }>('/playbooks/*/versions?limit=1&cursor=2')).items).toMatchObject(
      [{ version: 1 }],
    )
    const audit = await get<{ items: object[] }>('/audit?operation=writePlaybook&operation=resetPlaybook', ADMIN_TOKEN)
    expect(audit.items).toMatchObject([
      { operation: 'resetPlaybook', subject: '*', status: 200 },
      { operation: 'writePlaybook', status: 409 },
      { operation: 'writePlaybook', subject: '*', status: 200 },
    ])
  })

  test('of two admins who saw the same version, the second is told', async () => {
    const write = (owner: string) => ask('PUT', '/playbooks/delivery', { version: 0, playbook: { owner } })
    const answers = await Promise.all(['one', 'other', 'third'].map(write))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409])
  })

  test('that were never written here, or were taken back, are taken back without a version', async () => {
    expect(await ask('DELETE', '/playbooks/booking?version=0')).toMatchObject({ status: 200, json: { version: 0 } })
    await ask('PUT', '/playbooks/booking', { version: 0, playbook: { owner: 'ada' } })
    expect((await ask('DELETE', '/playbooks/booking?version=0')).status).toBe(409)
    expect((await ask('DELETE', '/playbooks/booking?version=1')).json).toMatchObject({ origin: null, version: 2 })
    expect((await ask('DELETE', '/playbooks/booking?version=2')).json).toMatchObject({ origin: null, version: 2 })
    expect(await ask('PUT', '/playbooks/booking', { version: 9, playbook: {} })).toMatchObject({
      status: 409,
      json: { detail: 'Version 9 is not the newest; read that and write again.' },
    })
    expect((await get<{ items: unknown[] }>('/playbooks/booking/versions')).items).toHaveLength(2)
  })

  test('are refused with field, value and fix', async () => {
    const escalation = [{ afterMs: 60_000, targets: ['nobody'] }]
    const faulty = { escalation, queue: '{isue}', templates: { holding: { en: '{etta}' } } }
    const refused = await ask('PUT', '/playbooks/login', { version: 0, playbook: faulty })
    expect(refused).toMatchObject({
      status: 400,
      json: {
        faults: [
          { path: 'playbook.escalation[0].targets[0]', value: '"nobody"', fix: 'There are none.' },
          { path: 'playbook.queue', value: '"{isue}"', fix: 'Did you mean "issue"? Known: issue.' },
          { path: 'playbook.templates.holding.en', value: '"{etta}"' },
        ],
      },
    })
    const misspelt = await ask('PUT', '/playbooks/login', { version: 0, playbook: { onwer: 'me' } })
    expect(misspelt).toMatchObject({
      status: 400,
      json: { faults: expect.arrayContaining([expect.objectContaining({ path: 'playbook.onwer' })]) },
    })
  })

  test('of a type or target that is gone say so, and can still be read and taken back', async () => {
    const body = { issueType: 'retired', escalation: [{ afterMs: 60_000, targets: ['gone'] }] }
    await api.pool.query(`INSERT INTO outcry.playbook VALUES ('retired', 1, $1, 'ada', 1)`, [JSON.stringify(body)])
    const { items } = await get<{ items: Row[] }>('/playbooks')
    expect(items.find(({ issueType }) => issueType === 'retired')).toMatchObject({
      by: 'ada',
      faults: [
        { path: 'issueType', message: 'no issue type has this id' },
        { path: 'escalation[0].targets[0]', message: 'no target has this name' },
      ],
    })
    expect((await ask('DELETE', '/playbooks/retired?version=1')).json).toMatchObject({ origin: null, version: 2 })
    expect((await get<{ items: Row[] }>('/playbooks')).items.some(({ issueType }) => issueType === 'retired')).toBe(
      false,
    )
  })
})

describe('the type of an issue', () => {
  test('is said by a person, counts at once for its playbook, and is in timeline and audit log', async () => {
    const issue = await newIssue('iss-typed', 'voucher never came')
    await ask('PUT', '/playbooks/refund', { version: 0, playbook: { remedies: ['money back'] } })
    expect(await get(`/issues/${issue}`)).toMatchObject({ issueType: null, type: { id: null, by: 'proposed' } })
    const told = await ask('POST', `/issues/${issue}/type`, { type: 'refund' }, TOKENS.mira)
    expect(told).toMatchObject({
      status: 200,
      json: { issueType: 'refund', type: { id: 'refund', by: 'person', who: 'mira', teaches: true } },
    })
    expect(await get(`/issues/${issue}/playbook`)).toMatchObject({
      issueType: 'refund',
      playbook: { remedies: ['money back'] },
    })
    const { items } = await get<{ items: { kind: string; actor: string; data: object }[] }>(`/issues/${issue}/timeline`)
    expect(items.at(-1)).toMatchObject({ kind: 'retyped', actor: 'mira', data: { issueType: 'refund', before: null } })
    const audit = await get<{ items: object[] }>(`/audit?issue=${issue}`, ADMIN_TOKEN)
    expect(audit.items).toMatchObject([{ operation: 'setIssueType', who: 'mira', status: 200 }])
    const wrong = await ask('POST', `/issues/${issue}/type`, { type: 'refnd' }, TOKENS.mira)
    expect(wrong).toMatchObject({ status: 400, json: { faults: [{ path: 'type', value: '"refnd"' }] } })
  })

  test('is an example that is listed in its brand, and can be taken back', async () => {
    const issue = await newIssue('iss-example', 'app crashes on start')
    await ask('POST', `/issues/${issue}/type`, { type: 'app' }, TOKENS.mira)
    type Examples = { items: { issueId: string; issueType: string; label: string; by: string }[] }
    const examples = (token: string = TOKENS.acme) => get<Examples>('/type-examples?type=app', token)
    expect((await examples()).items).toMatchObject([{ issueId: issue, label: 'app crashes on start', by: 'mira' }])
    expect((await examples(TOKENS.globex)).items).toEqual([])
    expect((await ask('DELETE', `/type-examples/${issue}`, undefined, TOKENS.globex)).status).toBe(404)
    const taken = await ask('DELETE', `/type-examples/${issue}`, undefined, TOKENS.mira)
    expect(taken.json).toMatchObject({ type: { id: 'app', by: 'person', teaches: false } })
    expect((await examples()).items).toEqual([])
    expect((await ask('DELETE', `/type-examples/${issue}`, undefined, TOKENS.mira)).status).toBe(404)
  })
})
