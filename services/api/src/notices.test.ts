import { upsertMentions } from '@outcry/store'
import { chromiumLaunch } from '@outcry/testkit'
import { auditPage } from '@outcry/testkit/audited-page'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { issueOf, storeIssue } from '../test/burning-day.ts'
import { ADMIN_TOKEN, TOKENS, runningApi, type RunningApi } from '../test/running-api.ts'

const NOW = Date.now()
const ISSUE = 'iss-told'
const SHOTS = process.env['OUTCRY_TEST_SHOTS']
const launch = chromiumLaunch()

let api: RunningApi
beforeAll(async () => {
  api = await runningApi()
  const issue = issueOf(
    { id: ISSUE, brand: 'acme', label: 'checkout hangs', severity: 'major', ageMs: 3_600_000, people: 20 },
    NOW,
  )
  const evidence = { ...issue.evidence, firstHand: 3, hearsay: 9 }
  await storeIssue(api.pool, { ...issue, evidence })
  const texts = [
    'I heard that acme lost the money of everybody <img src=x onerror=alert(1)>',
    'my payment was taken twice and I have no order',
    'apparently acme checkout is broken',
    'acme',
  ]
  await upsertMentions(
    api.pool,
    texts.map((text, place) => ({
      brand: 'acme',
      mention: {
        id: `push:support:${place}`,
        op: 'create' as const,
        rev: '1',
        kind: 'post' as const,
        source: 'support',
        text,
        url: place === 0 ? 'javascript:alert(1)' : `https://posts.example/${place}`,
        createdAt: NOW - 60_000 + place,
        observedAt: NOW,
        eventTime: NOW - 60_000 + place,
      },
      complaint: 0.9,
      lang: 'en',
      clusterId: null,
      issueId: ISSUE,
    })),
  )
})
afterAll(() => api?.stop())

const read = async <T>(path: string) => (await (await api.ask(`/issues/${ISSUE}${path}`, TOKENS.acme)).json()) as T
const post = async <T>(path: string, body: object, token = TOKENS.mira) => {
  const headers = { 'content-type': 'application/json' }
  const answer = await api.ask(path, token, { method: 'POST', headers, body: JSON.stringify(body) })
  expect([200, 201]).toContain(answer.status)
  return (await answer.json()) as T
}

type Told = { posts: number; first: { excerpt: string; url: string | null }[] }
type Notices = { department: string; items: { medium: string; text: string; findings: { rule: string }[] }[] }

test('tells first-hand posts from hearsay, with the first of each', async () => {
  const voices = await read<{ firstHand: Told; hearsay: Told; firstHandShare: number; isRumour: boolean }>('/voices')
  expect(voices).toMatchObject({ firstHandShare: 0.25, isRumour: true, firstHand: { posts: 3 }, hearsay: { posts: 9 } })
  expect(voices.firstHand.first.map(({ excerpt }) => excerpt)).toEqual([
    'my payment was taken twice and I have no order',
  ])
  expect(voices.hearsay.first.map(({ excerpt, url }) => [excerpt.slice(0, 12), url])).toEqual([
    ['I heard that', null],
    ['apparently a', 'https://posts.example/2'],
  ])
})

test('fills notices with what was said last, in its language, and with its times in every other', async () => {
  const bare = await read<Notices>('/notices')
  expect(bare.department).toBe('Checkout hangs')
  expect(bare.items.map(({ medium, findings }) => [medium, findings.map(({ rule }) => rule)])).toEqual(
    ['banner', 'newsletter', 'chat', 'status'].map((medium) => [medium, ['eta-or-update']]),
  )
  const facts = {
    what: 'paying takes minutes',
    eta: new Date(NOW + 3_600_000).toISOString(),
    meanwhile: 'Please wait.',
  }
  await post(`/issues/${ISSUE}/statements`, { kind: 'holding', facts })
  const filled = await read<Notices>('/notices?language=en')
  expect(filled.department).toBe('Paying takes minutes')
  expect(filled.items.flatMap(({ findings }) => findings)).toEqual([])
  const german = await read<Notices>('/notices?language=de')
  expect(german.department).toBe('Checkout hangs')
  for (const { text, findings } of german.items) {
    expect(text).not.toContain('Please wait')
    expect(findings).toMatchObject([{ rule: 'other-language', blocks: false }])
  }
  expect((await api.ask(`/issues/${ISSUE}/notices?language=xx`, TOKENS.acme)).status).toBe(400)
})

describe.skipIf(launch === null)('in the console', () => {
  test('notices and voices are shown as text, and copied', async () => {
    const browser = await chromium.launch(launch!)
    onTestFinished(() => browser.close())
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    await page.goto(`${api.url}/#/issues/${ISSUE}`)
    await page.getByLabel('Token').fill(ADMIN_TOKEN)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Posts tell of').waitFor()
    await page.getByText('25 % of those that tell speak from own experience').waitFor()
    await page.getByText('check before you confirm').waitFor()
    await page.getByText('First posts from hearsay').click()
    await page.locator('.voices').getByText('<img src=x').waitFor()
    await page.getByText('Texts for people who have not met it yet').click()
    await page.locator('.notices').getByText('We have seen reports of this').first().waitFor()
    expect(
      await auditPage(
        page,
        async (look) => SHOTS && page.screenshot({ path: `${SHOTS}/notices-${look}.png`, fullPage: true }),
      ),
    ).toEqual([])
    await page.getByRole('button', { name: 'Copy: Banner' }).click()
    await page.getByRole('button', { name: 'Copy: Banner' }).and(page.getByText('Copied')).waitFor()
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain('We are sorry.')
    await page.locator('.notices').getByLabel('Language').selectOption('de')
    await page.locator('.notices').getByText('Es tut uns leid').first().waitFor()
  })
})
