import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { burningDay } from '../test/burning-day.ts'
import { launch, runningConsole } from '../test/console-browser.ts'
import { TOKENS } from '../test/running-api.ts'

const NOW = Date.now()
const REFRESH_MS = 15_000

describe.skipIf(launch === null)('who looks at the console', () => {
  const { api, openConsole } = runningConsole()
  beforeAll(() => burningDay(api.pool, NOW))

  const signIn = async (page: Page, token: string) => {
    await page.getByLabel('Token', { exact: true }).fill(token)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
  const isKnown = async (page: Page, name: string) =>
    page.locator('#who', { hasText: name }).waitFor({ state: 'attached' })
  /** An issue of globex, seen by who has the token, in a page whose time the test makes pass. */
  const open = async (token: string, name: string) => {
    const shown = await openConsole(`${api.url}/#/issues/iss-globex`)
    await shown.page.clock.install()
    await shown.page.reload()
    await signIn(shown.page, token)
    await isKnown(shown.page, name)
    await shown.page.getByRole('heading', { level: 2, name: 'app crashes at login' }).waitFor()
    return shown
  }
  const typeReason = async (page: Page) => {
    await page.locator('#detail').getByRole('button', { name: 'Mute…' }).click()
    await page.getByRole('dialog').getByLabel('Reason').fill('we know of it')
  }
  const endSessions = async () => api.pool.query('DELETE FROM outcry.session')
  const looksAgain = async (page: Page) => page.evaluate(`window.dispatchEvent(new Event('focus'))`)

  /** In another tab of the browser, as people do who share it. */
  const changeHands = async (page: Page, token: string, name: string) => {
    const other = await page.context().newPage()
    await other.goto(`${api.url}/#/account`)
    await other.locator('.account-page').getByRole('button', { name: 'Sign out', exact: true }).click()
    await signIn(other, token)
    await isKnown(other, name)
  }
  /** What there is of somebody else once the page is acme's. */
  const leftForAcme = async (page: Page) => {
    await isKnown(page, 'acme')
    await page.locator('#detail', { hasText: 'checkout hangs after paying' }).waitFor()
    return {
      dialogs: await page.getByRole('dialog').count(),
      brand: await page.locator('#brand').inputValue(),
      news: await page.locator('#news').textContent(),
      words: (await page.locator('body').innerText()).match(/globex|app crashes|we know of it/gi),
    }
  }
  const NOTHING = { dialogs: 0, brand: '', news: '', words: null }

  test('nobody sees or sends what somebody else read and typed, who signed out in another tab', async () => {
    const { page } = await open(TOKENS.admin, 'admin')
    await typeReason(page)
    await changeHands(page, TOKENS.acme, 'acme')
    await looksAgain(page)
    expect(await leftForAcme(page)).toEqual(NOTHING)
  })

  test('the page learns it by itself too, also while updates are paused', async () => {
    const { page } = await open(TOKENS.admin, 'admin')
    await page.getByRole('button', { name: 'Pause updates' }).click()
    await changeHands(page, TOKENS.acme, 'acme')
    await page.clock.runFor(REFRESH_MS)
    expect(await leftForAcme(page)).toEqual(NOTHING)
  })

  test('who signs in after the session of somebody else begins with all brands that are theirs', async () => {
    const { page } = await open(TOKENS.globex, 'globex')
    await page.locator('#brand').selectOption('globex')
    await endSessions()
    await page.clock.runFor(REFRESH_MS)
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.locator('#detail', { hasText: 'app crashes at login' }).waitFor({ state: 'detached' })
    await signIn(page, TOKENS.acme)
    expect(await leftForAcme(page)).toEqual(NOTHING)
  })

  test('who signs in again goes on where they were', async () => {
    const { page } = await open(TOKENS.globex, 'globex')
    await typeReason(page)
    await endSessions()
    await looksAgain(page)
    await page.locator('#detail', { hasText: 'app crashes at login' }).waitFor({ state: 'detached' })
    const other = await page.context().newPage()
    await other.goto(api.url)
    await signIn(other, TOKENS.globex)
    await isKnown(other, 'globex')
    await page.clock.runFor(REFRESH_MS)
    await page.getByRole('heading', { level: 2, name: 'app crashes at login' }).waitFor()
    expect(await page.getByLabel('Reason').inputValue()).toBe('we know of it')
    await page.getByRole('button', { name: 'Mute', exact: true }).click()
    await page.locator('.mutes', { hasText: 'we know of it' }).first().waitFor()
  })

  test('what was chosen stays too', async () => {
    const { page } = await open(TOKENS.globex, 'globex')
    await page.locator('#detail').getByRole('button', { name: 'Change the type…' }).click()
    const type = page.getByRole('dialog').getByLabel('Type')
    await type.and(page.locator(':enabled')).waitFor()
    const [chosen] = await type.selectOption({ index: 0 })
    expect(chosen).not.toBe('')
    await endSessions()
    await looksAgain(page)
    await page.locator('#detail', { hasText: 'app crashes at login' }).waitFor({ state: 'detached' })
    expect(await type.inputValue()).toBe(chosen)
  })

  test('an issue that is there no more is shown no more, and comes back as it is then', async () => {
    const { page } = await open(TOKENS.admin, 'admin')
    const rename = async (id: string, as: string) =>
      api.pool.query('UPDATE outcry.issue SET id = $2 WHERE id = $1', [id, as])
    await rename('iss-globex', 'iss-away')
    await page.clock.runFor(REFRESH_MS)
    await page.locator('#detail').getByText('There is no such thing, or not for this token.').waitFor()
    expect(await page.locator('#detail').textContent()).not.toContain('app crashes')
    await rename('iss-away', 'iss-globex')
    await page.clock.runFor(REFRESH_MS)
    await page.getByRole('heading', { level: 2, name: 'app crashes at login' }).waitFor()
  })

  test('a first view asks once who looks, before all else', async () => {
    const { page, context } = await openConsole(await api.service.consoleLink())
    await isKnown(page, 'admin')
    const next = await context.newPage()
    const asked: string[] = []
    next.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await next.goto(api.url)
    await next.locator('.card').first().waitFor()
    const ofApi = asked.filter((path) => path.startsWith('/api/v1/') && !path.endsWith('/feed'))
    expect(ofApi.indexOf('/api/v1/session')).toBe(0)
    expect(ofApi.lastIndexOf('/api/v1/session')).toBe(0)
  })
})
