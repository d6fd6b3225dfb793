import { saveSuppressed } from '@outcry/store'
import { beforeAll, describe, expect, test } from 'vitest'
import { burningDay, issueOf, storeIssue } from '../test/burning-day.ts'
import { launch, LOOKS, runningConsole } from '../test/console-browser.ts'

const NOW = Date.now()

describe.skipIf(launch === null)('what burns now, in the console', () => {
  const { api, openConsole } = runningConsole()
  beforeAll(() => burningDay(api.pool, NOW))

  test('tells of each issue how it goes against what is expected, whom it meets and where', async () => {
    const { page } = await openConsole(await api.service.consoleLink())
    const card = page.locator('.card', { hasText: 'checkout' })
    await card.waitFor()
    const text = (await card.textContent()) ?? ''
    for (const part of [
      'Acme',
      '64 people in 1 h, 3.8 expected, 17 times as many.',
      '▲ rising: 64 in the last hour, 4 in the one before',
      '64 people so far: bluesky 39, app-reviews 19, support 6. Began 52 min ago',
    ])
      expect(text).toContain(part)
    expect(await card.locator('.spark polyline').getAttribute('points')).toMatch(/^0\.0,\S+( \S+){35}$/)
    expect(await card.locator('time', { hasText: '52 min ago' }).getAttribute('title')).toMatch(
      /^\w+day, \d+ \w+ \d{4} at \d\d:\d\d:\d\d/,
    )
  })

  test('leaves who goes elsewhere where they go, also as the issues have just been read', async () => {
    const { page } = await openConsole(await api.service.consoleLink())
    await page.locator('#who', { hasText: 'admin' }).waitFor({ state: 'attached' })
    await page.addInitScript(`
      const { fetch } = window
      const sources = { ok: true, status: 200, headers: new Headers(), text: async () => '{"items":[]}' }
      const told = new Promise((resolve) => { window.tellSources = () => resolve(sources) })
      window.fetch = async (path, init) => path === '/api/v1/sources' ? told : fetch(path, init)
    `)
    const [issues] = await Promise.all([page.waitForResponse(/\/issues\?/), page.goto(`${api.url}/`)])
    await issues.finished()
    await page.locator('#brand option', { hasText: 'Acme' }).waitFor({ state: 'attached' })
    await page.evaluate(`location.hash = '#/account'; tellSources()`)
    await page.locator('.account-page').waitFor()
    expect(new URL(page.url()).hash).toBe('#/account')
  })

  test('goes through the issues by keys, explains them, and lets people switch them off', async () => {
    const { page, shot, violations } = await openConsole(await api.service.consoleLink())
    await page.locator('.card[aria-current]').waitFor()
    await page.keyboard.press('j')
    await page.locator('.card:focus', { hasText: 'checkout' }).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 2, name: 'refund never arrives' }).waitFor()
    await page.keyboard.press('p')
    await page.getByRole('button', { name: 'Resume updates', pressed: true }).waitFor()
    await page.keyboard.press('p')
    await page.getByRole('button', { name: 'Dismiss…' }).click()
    await page.getByLabel('Reason').press('p')
    expect(await page.getByLabel('Reason').inputValue()).toBe('p')
    await page.keyboard.press('Escape')
    expect(await page.getByRole('button', { name: 'Pause updates' }).count()).toBe(1)

    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('Next issue of the list').waitFor()
    expect(await violations()).toEqual([])
    await shot('keys')
    await page.getByLabel('Use these keys').uncheck()
    await page.keyboard.press('Escape')
    await page.keyboard.press('p')
    await page.reload()
    await page.locator('.card[aria-current]').waitFor()
    await page.keyboard.press('p')
    expect(await page.getByRole('button', { name: 'Pause updates' }).count()).toBe(1)
  })

  test('keeps what it knew while the server cannot be reached, says so, and goes on by itself', async () => {
    const { page, context, shot, violations } = await openConsole(await api.service.consoleLink())
    await page.locator('.card', { hasText: 'checkout' }).waitFor()
    await page.locator('#live', { hasText: 'Live' }).waitFor()
    await context.setOffline(true)
    await page.locator('.card', { hasText: 'refund' }).click()
    await page.getByRole('alert').filter({ hasText: 'what you see may be old' }).waitFor()
    expect(await page.locator('.card', { hasText: 'checkout' }).count()).toBe(1)
    await page.locator('#live', { hasText: 'Offline' }).waitFor()
    expect(await violations()).toEqual([])
    await shot('offline')
    await context.setOffline(false)
    await page.getByRole('heading', { level: 2, name: 'refund never arrives' }).waitFor()
    await page.getByRole('alert').waitFor({ state: 'detached' })
  })

  test('is not live, and keeps the time of the last reading, while what is asked for is not answered', async () => {
    const { page, context } = await openConsole(await api.service.consoleLink())
    const live = page.locator('#live')
    const readAt = live.locator('time')
    await page.locator('#live', { hasText: '● Live' }).locator('time').waitFor()
    const before = await readAt.getAttribute('datetime')
    await context.route('**/api/v1/issues**', async (route) => route.abort())
    await page.keyboard.press('p')
    await page.keyboard.press('p')
    await page.locator('#live', { hasText: '○ Reconnecting' }).waitFor()
    await page.getByRole('alert').filter({ hasText: 'what you see may be old' }).waitFor()
    expect(await readAt.getAttribute('datetime')).toBe(before)
    await context.unroute('**/api/v1/issues**')
    await page.keyboard.press('p')
    await page.keyboard.press('p')
    await page.locator('#live', { hasText: '● Live' }).waitFor()
    await expect.poll(async () => readAt.getAttribute('datetime')).not.toBe(before)
  })

  test('names the brand of what nearly alerted, and leaves the bursts of drills out', async () => {
    const near = { at: NOW - 60_000, since: NOW - 120_000, reason: 'chance' as const, rule: 'scan' as const }
    const counts = { windowMs: 1_800_000, observed: 4, expected: 0.4, needed: 7, tailProbability: 1e-5, mentions: 5 }
    const rest = { issueType: null, terms: [], first: { source: 'support', at: NOW }, issueId: null, reasons: ['Few.'] }
    await saveSuppressed(api.pool, [
      { ...near, ...counts, ...rest, id: 'near-made', brand: 'acme#drill-7', label: 'made up in a drill' },
    ])
    const { page } = await openConsole(await api.service.consoleLink())
    const item = page.locator('#nearly li', { hasText: 'voucher' })
    await item.waitFor()
    expect(await item.textContent()).toContain(' Acme, ')
    expect(await page.getByText('made up in a drill').count()).toBe(0)
  })

  const tops = `[...document.querySelectorAll('.top > *')]
    .filter((part) => part.getClientRects().length > 0)
    .map((part) => Math.round(part.getBoundingClientRect().top + part.getBoundingClientRect().height / 2))`
  test.each([
    { width: 1280, rows: 1 },
    { width: 360, rows: 2 },
  ])('has a header of $rows rows at $width px, live and paused with much that waits', async ({ width, rows }) => {
    const { page, shot, overflow } = await openConsole(await api.service.consoleLink(), {
      viewport: { width, height: 800 },
    })
    const rowsNow = async () => new Set(await page.evaluate<number[]>(tops)).size
    await page.locator('#live', { hasText: '● Live' }).locator('time').waitFor()
    await page.locator('#brand option', { hasText: 'Globex' }).waitFor({ state: 'attached' })
    expect(await rowsNow()).toBe(rows)
    await page.getByRole('button', { name: 'Pause updates' }).click()
    await page.locator('#live', { hasText: 'Paused' }).waitFor()
    expect(await rowsNow()).toBe(rows)
    expect(await overflow()).toBe(0)
    await shot(`header-${width}`)
  })

  test('opens by itself once the server can be reached', async () => {
    const { page, context } = await openConsole(await api.service.consoleLink())
    await context.route('**/api/v1/session', async (route) => route.abort())
    await page.reload()
    await page.getByRole('alert').filter({ hasText: 'trying again' }).waitFor()
    expect(await page.locator('.card').count()).toBe(0)
    await context.unroute('**/api/v1/session')
    await page.locator('.card', { hasText: 'checkout' }).waitFor()
  })

  test('names each page, and begins at the top of another one', async () => {
    const { page } = await openConsole(await api.service.consoleLink(), {
      viewport: { width: 360, height: 800 },
    })
    await page.locator('.card', { hasText: 'checkout' }).waitFor()
    await expect.poll(async () => page.title()).toBe('Now · Outcry')
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('link', { name: 'Drill', exact: true }).press('Enter')
    await page.locator('main:focus').waitFor()
    await expect.poll(async () => page.title()).toBe('Drill · Outcry')
    expect(await page.getByRole('link', { name: 'Now', exact: true }).isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('link', { name: 'Now', exact: true }).click()
    await page.locator('.card', { hasText: 'checkout' }).click()
    await page.getByRole('heading', { level: 2, name: 'checkout hangs after paying' }).waitFor()
    await expect.poll(async () => page.title()).toBe('checkout hangs after paying · Outcry')
  })

  test('says that an issue is not there, and of a page that is none leads to what burns', async () => {
    const { page } = await openConsole(await api.service.consoleLink())
    await page.locator('.card', { hasText: 'checkout' }).waitFor()
    await page.evaluate(`location.hash = '#/issues/%E0%A4%A'`)
    await page.getByRole('alert').filter({ hasText: /not/i }).waitFor()
    await page.evaluate(`location.hash = '#/no/such/page'`)
    await page.getByText('Choose an issue to see the evidence.').waitFor()
    expect(await page.locator('#issues .card').count()).toBeGreaterThan(5)
  })

  test.each(LOOKS)('shows 200 issues without a violation in $scheme at $width px', async ({ scheme, width }) => {
    for (let n = 0; n < 195; n++)
      await storeIssue(
        api.pool,
        issueOf({ id: `iss-m${n}`, brand: 'globex', label: `m ${n}`, severity: 'incident', ageMs: 9, people: 9 }, NOW),
      ).catch(() => undefined)
    const link = await api.service.consoleLink()
    const { page, shot, violations, overflow } = await openConsole(link, {
      colorScheme: scheme,
      viewport: { width, height: 800 },
    })
    await page.locator('.card').nth(150).waitFor()
    expect(await violations()).toEqual([])
    expect(await overflow()).toBe(0)
    await shot(`many-${scheme}-${width}`)
  })
})
