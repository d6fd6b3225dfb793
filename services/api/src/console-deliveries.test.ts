import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { burningDay } from '../test/burning-day.ts'
import { launch, LOOKS, runningConsole } from '../test/console-browser.ts'
import { TOKENS } from '../test/running-api.ts'

const NOW = Date.now()

describe.skipIf(launch === null)('the page Deliveries', () => {
  const { api, openConsole } = runningConsole()
  beforeAll(() => burningDay(api.pool, NOW))
  beforeEach(() => api.pool.query('TRUNCATE outcry.delivery'))
  let shown: Awaited<ReturnType<typeof openConsole>>

  const send = async (
    id: string,
    own: { state?: string; target?: string; brand?: string; issue?: string; error?: string },
  ) => {
    const { state = 'delivered', target = 'pager', brand = 'acme', issue = 'iss-checkout', error = null } = own
    await api.pool.query(
      `INSERT INTO outcry.delivery (id, alert_id, alert_seq, issue_id, brand, target, dedup_key, state, attempts, last_error, last_status,
         created_at, finished_at, body)
       VALUES ($1, $2, 1, $3, $4, $5, 'key', $6, 3, $7, CASE WHEN $7::text IS NULL THEN 200 ELSE 503 END, now(),
         CASE WHEN $6 = 'pending' THEN NULL ELSE now() END, '{"action":"trigger"}')`,
      [id, `al-${issue}`, issue, brand, target, state, error],
    )
  }
  const some = async () => {
    await send('dl-1', {})
    await send('dl-2', { state: 'dead', target: 'chat', error: 'the target answers 503 <b>busy</b>' })
    await send('dl-3', { state: 'pending', target: 'mail', brand: 'globex', issue: 'iss-globex' })
    await send('dl-4', { issue: '', brand: '' })
  }
  const open = async (options?: Parameters<typeof openConsole>[1]) => {
    shown = await openConsole(await api.service.consoleLink(), options)
    await shown.page.getByText('checkout hangs after paying').first().waitFor()
    await shown.page.goto(`${api.url}/#/deliveries`)
    await shown.page.getByRole('heading', { name: 'Deliveries' }).waitFor()
    return shown
  }
  const items = () => shown.page.locator('.deliveries-page li')

  test('tell what arrived, what did not and why, and lead to the issue', async () => {
    await some()
    const { page } = await open()
    const dead = items().filter({ hasText: 'chat' })
    await dead.waitFor()
    const text = (await dead.textContent()) ?? ''
    for (const part of ['✕ Given up', 'opened', 'Acme', '503 <b>busy</b>', 'tried 3 times, answered 503'])
      expect(text).toContain(part)
    expect(await dead.locator('b').count()).toBe(0)
    expect(await items().filter({ hasText: 'About a source, or what was held' }).count()).toBe(1)
    await dead.getByRole('link', { name: 'checkout hangs after paying' }).click()
    await page.locator('#detail', { hasText: 'checkout hangs after paying' }).waitFor()
  })

  test('are filtered by state, target and brand', async () => {
    await some()
    const { page } = await open()
    await page.getByLabel('State').selectOption('Given up')
    await items().filter({ hasText: 'chat' }).waitFor()
    expect(await items().count()).toBe(1)
    await page.getByLabel('Brand').selectOption('Globex')
    await page.getByText('Nothing was sent that fits.').waitFor()
    await page.getByLabel('State').selectOption('All')
    await items().filter({ hasText: 'mail' }).waitFor()
    await page.getByLabel('Brand').selectOption('All brands')
    await page.getByLabel('Target').fill('pager')
    await page.keyboard.press('Enter')
    await items().filter({ hasText: 'mail' }).waitFor({ state: 'detached' })
    await expect.poll(async () => items().count()).toBe(2)
  })

  test('are sent again by an admin who was told what that means', async () => {
    await some()
    const { page } = await open()
    await page.getByRole('button', { name: 'Send again to chat' }).press('Enter')
    await page.getByRole('dialog').getByText('It goes out now, under the same id').waitFor()
    await page.getByRole('button', { name: 'Send again', exact: true }).click()
    await items().filter({ hasText: 'chat' }).filter({ hasText: '◐ On its way' }).waitFor()
    await page.locator('#news', { hasText: 'On its way again: to chat' }).waitFor({ state: 'attached' })
    const { rows } = await api.pool.query(`SELECT id FROM outcry.delivery WHERE state = 'pending' ORDER BY id`)
    expect(rows).toEqual([{ id: 'dl-2' }, { id: 'dl-3' }])
  })

  test('are read page by page, and begin anew with another filter', async () => {
    for (let number = 1; number <= 60; number += 1)
      await send(`dl-${String(number).padStart(3, '0')}`, { target: `t${number}` })
    const { page } = await open()
    await items().filter({ hasText: 'to t60' }).waitFor()
    expect(await items().count()).toBe(50)
    await page.getByRole('button', { name: 'Older' }).press('Enter')
    await items().getByText('to t1', { exact: true }).waitFor()
    expect(await items().count()).toBe(10)
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Older')
    await page.getByLabel('State').selectOption('Delivered')
    await items().filter({ hasText: 'to t60' }).waitFor()
    await page.getByText('Page 1').waitFor()
  })

  test('offer a viewer nothing to send', async () => {
    await some()
    shown = await openConsole(`${api.url}/#/deliveries`)
    await shown.page.getByLabel('Token').fill(TOKENS.acme)
    await shown.page.getByRole('button', { name: 'Sign in' }).click()
    await items().filter({ hasText: 'chat' }).waitFor()
    expect(await shown.page.getByRole('button', { name: /Send again/ }).count()).toBe(0)
    expect(await items().filter({ hasText: 'mail' }).count()).toBe(0)
  })

  test('explain an empty page', async () => {
    const { page } = await open()
    await page.getByText('Nothing was sent yet').waitFor()
    expect(await items().count()).toBe(0)
  })

  test.each(LOOKS)('have no accessibility violation in $scheme at $width px', async ({ scheme, width }) => {
    await some()
    await send('dl-5', { state: 'dead', target: 'a-target-of-a-very-long-name-which-goes-on', error: 'x'.repeat(300) })
    const { page, violations, overflow, shot } = await open({ colorScheme: scheme, viewport: { width, height: 800 } })
    await items().first().waitFor()
    expect(await violations()).toEqual([])
    expect(await overflow()).toBe(0)
    await shot(`deliveries-${scheme}-${width}`)
    await page.getByRole('button', { name: 'Send again to pager' }).first().click()
    expect(await violations()).toEqual([])
    await shot(`deliveries-again-${scheme}-${width}`)
  })
})
