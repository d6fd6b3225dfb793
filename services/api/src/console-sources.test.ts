import { beforeAll, describe, expect, test } from 'vitest'
import { burningDay } from '../test/burning-day.ts'
import { launch, LOOKS, runningConsole } from '../test/console-browser.ts'

const NOW = Date.now()

describe.skipIf(launch === null)('the page Sources', () => {
  const { api, openConsole } = runningConsole()
  beforeAll(() => burningDay(api.pool, NOW))
  const open = async (options?: Parameters<typeof openConsole>[1]) => {
    const shown = await openConsole(await api.service.consoleLink(), options)
    await shown.page.getByText('checkout hangs after paying').first().waitFor()
    await shown.page.goto(`${api.url}/#/sources`)
    await shown.page.locator('.sources-page li').first().waitFor()
    return shown
  }

  test('puts first what cannot see, says why, since when, what to do and how far it has read', async () => {
    const { page } = await open()
    await page
      .locator('.sources-page .notice', { hasText: '1 blind, 1 lagging, 1 live. What a blind source' })
      .waitFor()
    const cards = page.locator('.sources-page li')
    expect(await cards.locator('h3').allTextContents()).toEqual(['app-reviews', 'bluesky', 'support'])
    const blind = (await cards.first().textContent()) ?? ''
    for (const part of [
      '✕ Blind',
      'HTTP 503 for 22 minutes',
      'What to do: ',
      'doctor --source app-reviews',
      'Acme',
      'none',
    ])
      expect(blind).toContain(part)
    const live = (await cards.last().textContent()) ?? ''
    for (const part of ['● Live', 'Newest post3 min ago', 'Read up tonow', 'Brandsall']) expect(live).toContain(part)
    expect(live).not.toContain('What to do')
    expect(await cards.last().locator('time').first().getAttribute('title')).toMatch(/\d{4} at \d\d:\d\d:\d\d/)
  })

  test('shows those of the chosen brand, and goes on as sources recover', async () => {
    const { page } = await open()
    await page.getByLabel('Brand').selectOption('Globex')
    await page.locator('.sources-page li', { hasText: 'app-reviews' }).waitFor({ state: 'detached' })
    expect(await page.locator('.sources-page li h3').allTextContents()).toEqual(['bluesky', 'support'])
    await page.getByLabel('Brand').selectOption('All brands')
    await api.pool.query(`UPDATE outcry.source_state SET state = 'live', reason = 'polling', heartbeat_at = now()`)
    await page.getByRole('button', { name: 'Pause updates' }).click()
    await page.getByRole('button', { name: 'Resume updates' }).click()
    await page.locator('.sources-page .lead', { hasText: '3 live.' }).waitFor()
    await burningDay(api.pool, NOW)
  })

  test('says so where nothing can be read, and keeps what was read', async () => {
    const { page, context } = await open()
    await context.route('**/api/v1/sources', (route) => route.abort())
    await page.getByRole('button', { name: 'Pause updates' }).click()
    await page.getByRole('button', { name: 'Resume updates' }).click()
    await page.getByRole('alert').filter({ hasText: 'cannot be reached' }).waitFor()
    expect(await page.locator('.sources-page li').count()).toBe(3)
    await page.reload()
    await page.locator('.sources-page', { hasText: 'It could not be read' }).waitFor()
  })

  test.each(LOOKS)('has no accessibility violation in $scheme at $width px', async ({ scheme, width }) => {
    const { violations, overflow, shot } = await open({ colorScheme: scheme, viewport: { width, height: 800 } })
    expect(await violations()).toEqual([])
    expect(await overflow()).toBe(0)
    await shot(`sources-${scheme}-${width}`)
  })
})
