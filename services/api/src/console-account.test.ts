import { beforeAll, describe, expect, test } from 'vitest'
import { burningDay } from '../test/burning-day.ts'
import { launch, LOOKS, runningConsole } from '../test/console-browser.ts'
import { TOKENS } from '../test/running-api.ts'

const NOW = Date.now()

describe.skipIf(launch === null)('the page Account', () => {
  const { api, openConsole } = runningConsole()
  beforeAll(() => burningDay(api.pool, NOW))

  const open = async (options?: Parameters<typeof openConsole>[1]) => {
    const shown = await openConsole(await api.service.consoleLink(), options)
    await shown.page.locator('#who', { hasText: 'admin' }).waitFor({ state: 'attached' })
    await shown.page.goto(`${api.url}/#/account`)
    await shown.page.locator('.account-page').waitFor()
    return shown
  }
  const write = async (path: string, token: string, body: object, method = 'POST') =>
    api.ask(path, token, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

  test('says who looks and what they may, and shows a viewer nothing of others', async () => {
    const { page } = await openConsole(`${api.url}/#/account`)
    await page.getByLabel('Token').fill(TOKENS.acme)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page
      .locator('.account-page .lead', { hasText: 'You are acme, viewer of Acme. You may read everything here.' })
      .waitFor()
    expect(await page.locator('.account-page h3').count()).toBe(0)
    await page.locator('.account-page').getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  })

  test('lists who is signed in and signs another browser out', async () => {
    const opened = await write('/session', TOKENS.mira, {})
    expect(opened.status).toBe(200)
    const cookie = opened.headers.getSetCookie()[0]!.split(';')[0]!
    const asMira = async () => (await fetch(`${api.url}/api/v1/session`, { headers: { cookie } })).status
    expect(await asMira()).toBe(200)
    const { page } = await open()
    const mira = page.locator('.records li', { hasText: 'mira responder' })
    await mira.getByText('Signed in with a token').waitFor()
    await mira.getByRole('button', { name: 'Sign out mira' }).press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
    await mira.waitFor({ state: 'detached' })
    expect(await asMira()).toBe(401)
  })

  test('shows who did what, filtered, with refusals', async () => {
    expect((await write('/issues/iss-checkout/acknowledge', TOKENS.mira, {})).status).toBe(200)
    expect((await write('/issues/iss-checkout/resolve', TOKENS.acme, {})).status).toBe(403)
    const { page } = await open()
    const rows = page.locator('.account-page .timeline li')
    await rows.filter({ hasText: 'mira acknowledge issue, done, by token, Acme, the issue' }).waitFor()
    await rows.filter({ hasText: 'acme resolve issue, refused (403)' }).waitFor()
    await rows.filter({ hasText: 'admin sign in, done' }).first().waitFor()
    await page.getByLabel('Who', { exact: true }).fill('acme')
    await page.keyboard.press('Enter')
    await rows.filter({ hasText: 'mira' }).first().waitFor({ state: 'detached' })
    await page.getByLabel('What', { exact: true }).fill('acknowledgeIssue')
    await page.keyboard.press('Enter')
    await page.getByText('Nothing was done that fits.').waitFor()
  })

  test('forgets a person only after saying what that does, and never the one who asks', async () => {
    expect(
      (
        await write('/mutes', TOKENS.globex, {
          brand: 'globex',
          reason: 'a fair',
          until: new Date(NOW + 3_600_000).toISOString(),
        })
      ).status,
    ).toBe(201)
    const { page } = await open()
    await page.getByRole('button', { name: 'Forget a person…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('It cannot be taken back').waitFor()
    await dialog.getByLabel('Name').fill('admin')
    await dialog.getByRole('button', { name: 'Forget for good' }).click()
    await dialog.getByRole('alert').filter({ hasText: 'Somebody else has to forget you' }).waitFor()
    await dialog.getByLabel('Name').fill('globex')
    await dialog.getByRole('button', { name: 'Forget for good' }).click()
    const proof = page.locator('.proof')
    await proof.getByText('Forgotten: globex.').waitFor()
    expect(await proof.textContent()).toMatch(/mute: 1/)
    const mutes = (await (await api.ask('/mutes', TOKENS.admin)).json()) as { items: { owner: string }[] }
    expect(mutes.items.map(({ owner }) => owner)).not.toContain('globex')
  })

  test('erases posts and shows the proof that is answered', async () => {
    const { page } = await open()
    await page.getByRole('button', { name: 'Erase posts…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Messages that have left cannot be called back').waitFor()
    await dialog.getByLabel('Ids of the posts').fill('push:support:1\n')
    await dialog.getByRole('button', { name: 'Erase for good' }).click()
    const proof = page.locator('.proof')
    await proof.getByText('Erased: 1 posts.').or(proof.getByText('Erased: 1 post.')).waitFor()
    for (const part of ['mention: 1', 'Posts on the bus', 'Messages that have left the system'])
      await proof.getByText(part).waitFor()
    const { rows } = await api.pool.query(`SELECT id FROM outcry.mention WHERE id = 'push:support:1'`)
    expect(rows).toEqual([])
    await page.getByRole('button', { name: 'Erase an author…' }).click()
    await dialog.getByLabel('Id of the author').fill('nobody-known')
    await dialog.getByRole('button', { name: 'Erase for good' }).click()
    await proof.getByText('Nothing was held of it.').waitFor()
  })

  test.each(LOOKS)('has no accessibility violation in $scheme at $width px', async ({ scheme, width }) => {
    const { page, violations, overflow, shot } = await open({ colorScheme: scheme, viewport: { width, height: 800 } })
    await page.locator('.account-page .timeline li').first().waitFor()
    const clean = async (name: string) => {
      expect(await violations()).toEqual([])
      expect(await overflow()).toBe(0)
      await shot(`${name}-${scheme}-${width}`)
    }
    await clean('account')
    await page.getByRole('button', { name: 'Forget a person…' }).click()
    await clean('account-forget')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Erase an author…' }).click()
    await page.getByLabel('Id of the author').fill('nobody')
    await page.getByRole('button', { name: 'Erase for good' }).click()
    await page.locator('.proof').waitFor()
    await clean('account-proof')
  })
})
