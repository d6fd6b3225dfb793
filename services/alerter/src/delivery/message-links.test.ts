import { CHART_KEY, isChartSignature } from '@outcry/runtime'
import { installationKey } from '@outcry/store'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AT, config, issueEvent, target, tell } from '../../test/setting.ts'
import { stepBrand } from '../steps/brand-step.ts'
import { createMessageLinks } from './message-links.ts'
import { noticeOf } from './notice-of.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

describe('the links of a message', () => {
  it('to a chart are the same from every process and on every try, and signed by the installation', async () => {
    const { pool } = database
    const [one, other] = await Promise.all(
      [1, 2].map(() => createMessageLinks(pool, 'https://outcry.example').chart('is_1', AT)),
    )
    expect(one).toBe(other)
    const { pathname, searchParams } = new URL(one!)
    expect(pathname).toBe('/api/v1/charts/is_1.png')
    const expiresAtMs = Date.parse(searchParams.get('expires')!)
    expect(expiresAtMs).toBe(AT + 7 * 86_400_000)
    const link = { issueId: 'is_1', atMs: AT, expiresAtMs }
    const key = await installationKey(pool, CHART_KEY)
    expect(isChartSignature(key, link, searchParams.get('signature')!)).toBe(true)
  })

  it('lead to no chart where a tool outside could not fetch it', async () => {
    for (const url of ['http://127.0.0.1:8080', 'http://outcry.example', ''])
      expect(await createMessageLinks(database.pool, url).chart('is_1', AT)).toBeNull()
  })

  it('to a chart are in messages about issues of which a series is known', async () => {
    const { pool } = database
    const settings = config([target('chat', 'https://chat.example')])
    await tell(pool, [issueEvent()])
    await stepBrand(pool, 'acme', settings, AT + 1)
    const { rows } = await pool.query<Parameters<typeof noticeOf>[1]>(
      'SELECT id, alert_id AS "alertId", issue_id AS "issueId", dedup_key AS "dedupKey", body FROM outcry.delivery',
    )
    const links = createMessageLinks(pool, 'https://outcry.example')
    const brandNames = new Map([['acme', 'Acme Shop']])
    const notice = async () => noticeOf(pool, rows[0]!, { links, brandNames })
    const put = (series: unknown[]) =>
      pool.query(`UPDATE outcry.issue SET body = jsonb_set(body, '{evidence,series}', $1::jsonb)`, [
        JSON.stringify(series),
      ])
    await put([])
    expect(await notice()).not.toHaveProperty('chartUrl')
    await put([{ at: AT, people: 3, expected: 0.5 }])
    expect(await notice()).toMatchObject({
      about: 'issue',
      brandName: 'Acme Shop',
      chartUrl: await links.chart('i1', AT),
    })
  })
})
