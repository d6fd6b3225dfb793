import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { burningDay } from '../test/burning-day.ts'
import { launch, LOOKS, runningConsole } from '../test/console-browser.ts'
import { TOKENS } from '../test/running-api.ts'

const NOW = Date.now()

describe.skipIf(launch === null)('mutes in the console', () => {
  const { api, openConsole } = runningConsole()
  beforeAll(() => burningDay(api.pool, NOW))
  beforeEach(() => api.pool.query('TRUNCATE outcry.mute'))
  let shown: Awaited<ReturnType<typeof openConsole>>
  const open = async (token: string, options?: Parameters<typeof openConsole>[1]) => {
    shown = await openConsole(`${api.url}/#/issues/iss-checkout`, options)
    await shown.page.getByLabel('Token').fill(token)
    await shown.page.getByRole('button', { name: 'Sign in' }).click()
    await shown.page.locator('#detail .title', { hasText: 'checkout hangs' }).waitFor()
    return shown
  }
  const listed = async () =>
    ((await (await api.ask('/mutes', TOKENS.admin)).json()) as { items: { until: string; issueType: string | null }[] })
      .items
  const ofIssue = () => shown.page.locator('#detail .mute-panel')
  const ofBrand = () => shown.page.locator('#estate li', { hasText: 'Acme:' })

  test('are asked for with a reason and an end, shown with their owner, and ended', async () => {
    const { page } = await open(TOKENS.mira)
    await ofIssue().getByRole('button', { name: 'Mute…' }).click()
    await page.getByLabel('Reason').fill('we know, the <b>bank</b> is on it')
    await page.locator('select[name=span]').selectOption('4 hours')
    await page.getByRole('button', { name: 'Mute', exact: true }).click()
    await ofIssue().getByText('‖ This issue is muted').waitFor()
    expect(await ofIssue().textContent()).toContain('by mira: we know, the <b>bank</b> is on it')
    const [mute] = await listed()
    expect(Math.round((Date.parse(mute!.until) - Date.now()) / 60_000)).toBeGreaterThanOrEqual(238)
    await page.locator('.timeline', { hasText: 'Muted by mira' }).waitFor()
    await ofIssue().getByRole('button', { name: 'End the mute' }).press('Enter')
    await page.getByRole('button', { name: 'End it' }).click()
    await ofIssue().getByText('is muted').waitFor({ state: 'detached' })
    expect(await listed()).toEqual([])
  })

  test('of a brand or a type of it hold for its issues, and a wrong type is refused in words', async () => {
    const { page } = await open(TOKENS.mira)
    await ofBrand().getByRole('button', { name: 'Mute Acme' }).click()
    await page.getByLabel('Reason').fill('planned work')
    await page.getByLabel('Only issues of this type').fill('nonsense')
    await page.getByRole('button', { name: 'Mute', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: 'issueType: Known: ' }).waitFor()
    await page.getByLabel('Only issues of this type').fill('')
    await page.getByLabel('Or until').fill('2020-01-01T00:00')
    await page.getByRole('button', { name: 'Mute', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: 'Give a time to come within 30 days' }).waitFor()
    await page.getByLabel('Or until').fill('')
    await page.getByRole('button', { name: 'Mute', exact: true }).click()
    await ofBrand().getByText('‖ The brand is muted').waitFor()
    await ofIssue().getByText('‖ The brand is muted').waitFor()
    expect(await listed()).toMatchObject([{ issueType: null }])
  })

  test('are shown to a viewer, who ends none', async () => {
    const until = new Date(NOW + 3_600_000).toISOString()
    const body = JSON.stringify({ issueId: 'iss-checkout', reason: 'a fair', until })
    const headers = { 'content-type': 'application/json' }
    expect((await api.ask('/mutes', TOKENS.mira, { method: 'POST', headers, body })).status).toBe(201)
    await open(TOKENS.acme)
    await ofIssue().getByText('by mira: a fair').waitFor()
    expect(await ofIssue().getByRole('button').count()).toBe(0)
  })

  test.each(LOOKS)('have no accessibility violation in $scheme at $width px', async ({ scheme, width }) => {
    const { page, violations, overflow, shot } = await open(TOKENS.mira, {
      colorScheme: scheme,
      viewport: { width, height: 800 },
    })
    const clean = async (name: string) => {
      expect(await violations()).toEqual([])
      expect(await overflow()).toBe(0)
      await shot(`${name}-${scheme}-${width}`)
    }
    await ofIssue().getByRole('button', { name: 'Mute…' }).click()
    await clean('mute-ask')
    await page.getByLabel('Reason').fill('x'.repeat(300))
    await page.getByRole('button', { name: 'Mute', exact: true }).click()
    await ofIssue().getByText('is muted').waitFor()
    await clean('mute')
  })
})
