import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueOf, storeIssue } from '../../test/burning-day.ts'
import { PAGERDUTY_SECRET, type RunningApi, runningApi, TOKENS } from '../../test/running-api.ts'

const NOW = Date.now()
let api: RunningApi
beforeAll(async () => void (api = await runningApi()))
afterAll(async () => api?.stop())

const signed = (body: string, secret = PAGERDUTY_SECRET) =>
  `v1=${createHmac('sha256', secret).update(body).digest('hex')}`

const webhook = (id: string, event_type: string, changes: object = {}, incident_key = 'outcry:iss-pd') =>
  JSON.stringify({
    event: {
      id,
      event_type,
      resource_type: 'incident',
      occurred_at: new Date(NOW).toISOString(),
      agent: { id: 'PLH1HKV', summary: 'Jane Doe', type: 'user_reference', html_url: 'https://x.example' },
      client: null,
      data: { id: 'PGR0VU2', type: 'incident', number: 2, status: 'acknowledged', incident_key },
      ...changes,
    },
  })

const send = async (body: string, signature: string | null = signed(body)) => {
  const headers = { 'content-type': 'application/json', ...(signature && { 'x-pagerduty-signature': signature }) }
  const answer = await fetch(`${api.url}/api/v1/inbound/pagerduty`, { method: 'POST', headers, body })
  return [answer.status, await answer.json()] as [number, Record<string, unknown>]
}
const stateOf = async (id = 'iss-pd') => {
  const answer = await api.ask(`/issues/${id}`, TOKENS.admin)
  return (await answer.json()) as { state: string; acknowledgedBy: string | null }
}
const fresh = (over: Parameters<typeof issueOf>[2] = {}) =>
  storeIssue(
    api.pool,
    issueOf({ id: 'iss-pd', brand: 'acme', label: 'checkout', severity: 'major', ageMs: 1, people: 9 }, NOW, over),
  )

describe('webhooks of PagerDuty', () => {
  test('who acknowledges and resolves there has done it here, once by the id of the event', async () => {
    await fresh()
    const acknowledged = webhook('01A', 'incident.acknowledged')
    expect(await send(acknowledged)).toEqual([202, { applied: true, reason: '' }])
    expect(await stateOf()).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'Jane Doe in PagerDuty' })
    await fresh()
    expect(await send(acknowledged)).toMatchObject([202, { applied: false, reason: 'was taken before' }])
    expect(await stateOf()).toMatchObject({ state: 'open' })
    expect(await send(webhook('01B', 'incident.resolved'))).toMatchObject([202, { applied: true }])
    expect(await stateOf()).toMatchObject({ state: 'resolved' })
    expect(await send(webhook('01C', 'incident.resolved'))).toMatchObject([202, { reason: 'already resolved' }])
  })

  test('what was done before the issue was reopened is not done to its new life', async () => {
    await fresh({ life: 1, reopenedAt: NOW - 60_000 })
    const at = (ageMs: number) => ({ occurred_at: new Date(NOW - ageMs).toISOString() })
    const reason = 'was decided before the issue was reopened'
    for (const [id, type] of Object.entries({ '06A': 'acknowledged', '06B': 'resolved' }))
      expect(await send(webhook(id, `incident.${type}`, at(60_001)))).toEqual([202, { applied: false, reason }])
    expect(await stateOf()).toMatchObject({ state: 'open', acknowledgedBy: null })
    expect(await send(webhook('06C', 'incident.acknowledged', at(60_000)))).toMatchObject([202, { applied: true }])
  })

  test('any one of several signatures is enough', async () => {
    const body = webhook('02A', 'pagey.ping')
    expect(await send(body, `${signed(body, 'another')},${signed(body)}`)).toMatchObject([202, { applied: false }])
  })

  test.each([
    ['of another secret', (body: string) => signed(body, 'another')],
    ['of another body', () => signed('{}')],
    ['that is none', () => 'v1=zz, v0=1'],
    ['without end', () => 'v1='.repeat(3_000)],
  ])('a signature %s is refused and changes nothing', async (_name, signature) => {
    await fresh()
    const body = webhook('03A', 'incident.acknowledged')
    expect(await send(body, signature(body))).toMatchObject([401, { code: 'SIGNATURE_INVALID' }])
    expect(await stateOf()).toMatchObject({ state: 'open' })
  })

  test('without a signature it is 401, and a body that is no webhook 400', async () => {
    expect(await send(webhook('04A', 'incident.acknowledged'), null)).toMatchObject([401, { code: 'TOKEN_MISSING' }])
    for (const body of ['{', '[]', '{"event":{"id":1}}'])
      expect(await send(body)).toMatchObject([400, { code: 'REQUEST_INVALID' }])
  })

  test.each([
    ['was not done by a person', webhook('05A', 'incident.resolved', { agent: null })],
    ['was not done by a person', webhook('05B', 'incident.resolved', { agent: { type: 'service_reference' } })],
    ['asks for nothing here', webhook('05C', 'incident.reassigned')],
    ['is more than a day old', webhook('05D', 'incident.resolved', { occurred_at: '2020-01-01T00:00:00Z' })],
    ['is not about an issue of this installation', webhook('05E', 'incident.resolved', {}, 'else')],
    ['is about an issue that is gone', webhook('05F', 'incident.resolved', {}, 'outcry:nothing')],
  ])('what %s is taken and passed over', async (reason, body) => {
    await fresh()
    expect(await send(body)).toEqual([202, { applied: false, reason }])
    expect(await stateOf()).toMatchObject({ state: 'open' })
  })
})
