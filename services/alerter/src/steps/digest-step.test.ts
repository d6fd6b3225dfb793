import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AT, config, issueEvent, target, tell } from '../../test/setting.ts'
import { createMessageLinks } from '../delivery/message-links.ts'
import { noticeOf } from '../delivery/notice-of.ts'
import { stepBrand } from './brand-step.ts'
import { stepDigest } from './digest-step.ts'

const DAY_MS = 86_400_000
const rules = { at: '08:00', timeZone: 'UTC', targets: ['chat'] }
const settings = config([target('chat', 'https://chat.example', { minSeverity: 'crisis' })], {
  alerting: { ...config([]).alerting, pagesPerWeek: 0, digest: rules },
})

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

it('tells once a day what was held since the day before, however many alerters look', async () => {
  const { pool } = database
  await stepDigest(pool, settings, AT)
  await tell(pool, [issueEvent()])
  await stepBrand(pool, 'acme', settings, AT + 1)
  const look = (nowMs: number) => Promise.all([1, 2, 3].map(() => stepDigest(pool, settings, nowMs)))
  await look(AT + 2)
  const deliveries = async () => {
    const { rows } = await pool.query<{ id: string; dedupKey: string; target: string; body: unknown }>(
      'SELECT id, alert_id AS "alertId", issue_id AS "issueId", brand, target, dedup_key AS "dedupKey", body FROM outcry.delivery',
    )
    return rows
  }
  expect(await deliveries()).toEqual([])
  // AT is 09:00.
  await look(AT + DAY_MS)
  const [planned, ...more] = await deliveries()
  expect(more).toEqual([])
  const notice = await noticeOf(pool, planned as never, {
    links: createMessageLinks(pool, 'https://outcry.example'),
    brandNames: new Map([['acme', 'Acme Shop']]),
  })
  expect(notice).toMatchObject({
    about: 'digest',
    dedupKey: 'outcry:digest:2026-11-03',
    digest: {
      since: AT,
      issues: [
        {
          issueId: 'i1',
          brandName: 'Acme Shop',
          people: 12,
          state: 'open',
          reason: expect.stringContaining('held: the page budget is 0'),
          url: 'https://outcry.example/#/issues/i1',
        },
      ],
    },
  })
  // Nothing new was held: the next day has nothing to say.
  await look(AT + 2 * DAY_MS)
  expect(await deliveries()).toHaveLength(1)
})
