import { upsertMentions } from '@outcry/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueOf, storeIssue } from '../test/burning-day.ts'
import { TOKENS, runningApi, type RunningApi } from '../test/running-api.ts'

const NOW = Date.now()
const PEOPLE = 40
const FOLLOWERS = 399
let api: RunningApi
beforeAll(async () => {
  api = await runningApi()
  const given = {
    id: 'iss-grown',
    brand: 'acme',
    label: 'checkout hangs',
    severity: 'major' as const,
    ageMs: 3_600_000,
  }
  // What the detector said last: 30 people in 36 posts who reach 9,300.
  await storeIssue(api.pool, issueOf({ ...given, people: 30 }, NOW))
  await upsertMentions(
    api.pool,
    Array.from({ length: PEOPLE + 1 }, (_, n) => ({
      brand: 'acme',
      complaint: 0.9,
      lang: 'en',
      clusterId: null,
      issueId: 'iss-grown',
      mention: {
        id: `m${n}`,
        op: 'create' as const,
        rev: '1',
        kind: 'post' as const,
        source: 'bluesky',
        text: `checkout hangs ${n}`,
        author: { id: `person-${n % PEOPLE}`, followers: FOLLOWERS },
        createdAt: NOW - 60_000,
        observedAt: NOW - 60_000,
        eventTime: NOW - 60_000,
      },
    })),
  )
})
afterAll(async () => api?.stop())

const read = async (path: string) => (await (await api.ask(path, TOKENS.acme)).json()) as Record<string, unknown>

test('the numbers of an issue agree wherever they are told, between two words of the detector too', async () => {
  const told = { authors: PEOPLE, mentions: PEOPLE + 1, lastHour: PEOPLE, hourBefore: 0 }
  const reach = (PEOPLE + 1) * (FOLLOWERS + 1)
  const issue = await read('/issues/iss-grown')
  expect(issue).toMatchObject({ ...told, reach, platforms: { bluesky: PEOPLE + 1 } })
  expect((await read('/issues?brand=acme')).items).toMatchObject([{ id: 'iss-grown', ...told }])
  expect(await read('/issues/iss-grown/complaints/summary')).toMatchObject({
    complaints: PEOPLE + 1,
    reachUnanswered: reach,
  })
  expect(await read('/issues/iss-grown/report')).toMatchObject({ exposure: { reach, affected: { low: 1_000 } } })
  const brief = await api.ask('/issues/iss-grown/statements', TOKENS.mira, {
    method: 'POST',
    body: JSON.stringify({ kind: 'brief' }),
    headers: { 'content-type': 'application/json' },
  })
  expect(await brief.text()).toContain(`${PEOPLE} people`)
})
