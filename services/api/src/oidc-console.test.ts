import { chromiumLaunch } from '@outcry/testkit'
import { violations } from '@outcry/testkit/audited-page'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CLIENT_SECRET, identityProvider } from '../test/identity-provider.ts'
import { oidcOf } from '../test/oidc-settings.ts'
import { type RunningApi, runningApi } from '../test/running-api.ts'

const launch = chromiumLaunch()

describe.skipIf(launch === null)('the console where people sign in with an identity provider', () => {
  let provider: Awaited<ReturnType<typeof identityProvider>>
  let api: RunningApi
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    provider = await identityProvider({
      mira: { email: 'mira@acme.example', email_verified: true, groups: ['acme-desk'] },
      eve: { email: 'eve@acme.example', email_verified: true, groups: [] },
    })
    api = await runningApi({ oidc: oidcOf(provider.issuer, CLIENT_SECRET) })
    provider.open(api.url)
    browser = await chromium.launch(launch!)
  })
  afterAll(async () => {
    await browser?.close()
    await api?.stop()
    await provider?.close()
  })

  const signIn = async (login: string) => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
    page = await context.newPage()
    page.setDefaultTimeout(10_000)
    await page.goto(api.url)
    await page.getByRole('link', { name: 'Sign in with Acme ID' }).waitFor()
    return async () => {
      await page.getByRole('link', { name: 'Sign in with Acme ID' }).click()
      await page.locator('input[name=login]').fill(login)
      await page.locator('input[name=password]').fill('any')
      await page.locator('button[type=submit]').click()
      await page.locator('button[type=submit]', { hasText: 'Continue' }).click()
    }
  }

  test('offers it first, and to everybody', async () => {
    await signIn('mira')
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Sign in with Acme ID')
    expect(await violations(page)).toEqual([])
    await page.context().close()
  })

  test('shows who signed in, and signs out of both', async () => {
    const go = await signIn('mira')
    await go()
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('link', { name: 'Account', exact: true }).click()
    await page.locator('.account-page .lead', { hasText: 'You are mira@acme.example, responder' }).waitFor()
    expect(new URL(page.url()).origin).toBe(api.url)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL((url) => url.href.startsWith(`${provider.issuer}/session/end`))
    await page.getByRole('button', { name: /yes/i }).click()
    await page.getByRole('link', { name: 'Sign in with Acme ID' }).waitFor()
    await page.context().close()
  })

  test('says to somebody who is known and in no group what to do', async () => {
    const go = await signIn('eve')
    await go()
    await page.getByText('in no group that may use Outcry').waitFor()
    expect(await page.context().cookies(api.url)).not.toContainEqual(
      expect.objectContaining({ name: 'outcry_session' }),
    )
    await page.context().close()
  })
})
