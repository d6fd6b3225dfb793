import { appendTimeline } from '@outcry/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { burningDay } from '../test/burning-day.ts'
import { eventually } from '../test/eventually.ts'
import { pastFire } from '../test/past-fire.ts'
import { runningApi, type RunningApi, TOKENS } from '../test/running-api.ts'

const NOW = Date.now()
const MINUTE_MS = 60_000
let api: RunningApi
beforeAll(async () => {
  api = await runningApi()
  await burningDay(api.pool, NOW)
  await pastFire(api, NOW)
})
afterAll(async () => api?.stop())

const text = async (path: string, token: string = TOKENS.acme) => {
  const answer = await api.ask(path, token)
  expect(answer.status).toBe(200)
  return answer.text()
}
const report = async (query = '') =>
  JSON.parse(await text(`/issues/iss-past/report${query}`)) as Record<string, unknown>
const instant = (minute: number) => new Date(NOW - (180 - minute) * MINUTE_MS).toISOString()

describe('the report of an issue that is over', () => {
  test('tells how long each step took, and whether complaints fell after the thank-you', async () => {
    expect(await report()).toMatchObject({
      issue: { id: 'iss-past', brandName: 'Acme', issueType: 'checkout', label: 'checkout hangs for @…' },
      durationsMs: {
        detected: 10 * MINUTE_MS,
        paged: 0,
        acknowledged: 4 * MINUTE_MS,
        briefed: null,
        announced: 15 * MINUTE_MS,
        fixed: 60 * MINUTE_MS,
        resolved: 110 * MINUTE_MS,
        thanked: 60 * MINUTE_MS,
      },
      fall: { verdict: 'fell', before: { people: 24 }, after: { people: 2 } },
      fallWords: expect.stringMatching(
        /^24 people complained in 1 h before the fix, 2 in 1 h after it: complaints fell/,
      ),
      events: [{ words: "Release 'checkout 4.2' was 12 min before the onset." }],
      exposure: { unansweredShare: 1, affected: { low: 650, high: 2_600 } },
      complaints: { complaints: 26, unanswered: 26 },
      recurrence: { issueType: 'checkout', days365: 0 },
    })
  })

  test('tells the end also after a thousand complaints that were triaged one by one', async () => {
    const told = async () => (await report()) as { durationsMs: object; timeline: { words: string }[] }
    const before = await told()
    const triage = (n: number) => ({
      id: `tl-triage-${n}`,
      issueId: 'iss-past',
      brand: 'acme',
      atMs: NOW - (180 - 12) * MINUTE_MS + n,
      kind: 'triaged',
      actor: 'mira',
      body: { outcome: 'resolved', posts: 1 },
    })
    await appendTimeline(
      api.pool,
      Array.from({ length: 1_000 }, (_, n) => triage(n)),
    )
    const after = await told()
    expect(after.durationsMs).toEqual(before.durationsMs)
    const [opened, ...later] = before.timeline.map(({ words }) => words)
    expect(after.timeline.map(({ words }) => words)).toEqual([
      opened,
      '1000 complaints triaged: outcome resolved',
      ...later,
    ])
  })

  test('compares around another time where somebody knows better when it was fixed', async () => {
    expect(await report(`?fixedAt=${instant(20)}`)).toMatchObject({ fall: { verdict: 'not-yet' } })
    expect(await report(`?fixedAt=${instant(400)}`)).toMatchObject({ fall: null })
  })

  test('is the same for people, in each format', async () => {
    const markdown = await text('/issues/iss-past/report?format=markdown')
    const html = await text('/issues/iss-past/report?format=html')
    for (const words of [
      'complaints fell',
      'It stood out by',
      'and not all people of the issue',
      '650 to 2',
      'It works again. Thank you.',
      'on it',
      '12 min before the onset',
    ]) {
      expect(markdown.replaceAll('\\', '')).toContain(words)
      expect(html).toContain(words)
    }
    expect(html).toContain('<svg')
    expect(html).not.toMatch(/<script|onerror=alert\(1\)>/)
    const pdf = Buffer.from(await (await api.ask('/issues/iss-past/report?format=pdf', TOKENS.acme)).arrayBuffer())
    expect(pdf.subarray(0, 7).toString()).toBe('%PDF-1.')
  })

  test('of a drill and of one that burns says so', async () => {
    expect(await text('/issues/iss-drill/report?format=markdown')).toContain('This was a drill')
    const burning = JSON.parse(await text('/issues/iss-checkout/report')) as Record<string, unknown>
    expect(burning).toMatchObject({ fall: null, fallWords: expect.stringContaining('Nobody said yet') })
  })
})

describe('exports', () => {
  test('hold every issue of the filter and of the scope, once', async () => {
    const csv = await text('/issues.csv')
    const ids = csv
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(',', 1).join())
    expect(ids.toSorted()).toEqual(['iss-checkout', 'iss-drill', 'iss-held', 'iss-over', 'iss-past', 'iss-refund'])
    expect(await text('/issues.csv?state=resolved&q=parcel')).toMatch(/^\uFEFF?id,.*\r\niss-over,[^\r]*\r\n$/)
  })

  test('hold no handle and no author, and forget what is erased', async () => {
    const before = await text('/issues/iss-past/complaints.csv')
    expect(before.trimEnd().split('\r\n')).toHaveLength(27)
    expect(before).toContain(`,'=1+1 @… checkout hangs,`)
    expect(before).not.toMatch(/hashed-author|writer|@jane|push:iss-past/)
    const erased = await api.ask('/erasures', TOKENS.admin, {
      method: 'POST',
      body: JSON.stringify({ mentionIds: ['push:iss-past:0'] }),
      headers: { 'content-type': 'application/json' },
    })
    expect(erased.status).toBe(202)
    await eventually(async () => expect(await text('/issues/iss-past/complaints.csv')).not.toContain('1+1'))
  })
})

describe('what worked', () => {
  test('is told of past issues by type, remedy and time to answer, within the scope', async () => {
    await api.pool.query(
      `INSERT INTO outcry.complaint (brand, mention_id, issue_id, said_at_ms, outcome, outcome_by, outcome_at_ms, updated_at_ms)
       VALUES ('acme', 'push:iss-past:1', 'iss-past', 1, 'resolved', 'mira', 1, 1), ('acme', NULL, 'iss-past', 1, 'parted-ways', 'mira', 1, 1)`,
    )
    const worked = JSON.parse(await text('/insights/what-worked')) as object
    expect(worked).toMatchObject({
      issues: 2,
      items: [
        { issueType: 'checkout', remedy: 'free delivery of the next order', answered: 'within 15 min', issues: 1 },
        { issueType: null, remedy: null, answered: 'never', issues: 1 },
      ],
    })
    expect(worked).toMatchObject({
      items: [{ medianCalmMs: 70 * MINUTE_MS, reopened: 0, outcomes: { resolved: 1, 'parted-ways': 1 } }, {}],
    })
    expect(JSON.parse(await text('/insights/what-worked', TOKENS.globex))).toEqual({ issues: 0, items: [] })
  })

  test('shows how often the type was here before', async () => {
    await pastFire(api, NOW + 100 * MINUTE_MS, 'iss-again')
    const again = JSON.parse(await text('/issues/iss-again/report')) as object
    expect(again).toMatchObject({
      recurrence: { days30: 1, days90: 1, days365: 1, earlier: [{ id: 'iss-past', label: 'checkout hangs for @…' }] },
    })
  })
})
