import { auditPage } from '@outcry/testkit/audited-page'
import { describe, expect, test } from 'vitest'
import { shadowBrand } from '@outcry/replay'
import { alertOf, issueOf, storeAlert, storeIssue } from '../test/burning-day.ts'
import { launch, runningConsole } from '../test/console-browser.ts'
import { TOKENS } from '../test/running-api.ts'

describe.skipIf(launch === null)('the page of drills', () => {
  const { api, openConsole } = runningConsole()

  test('begins a drill, follows its times, ends it, and keeps the report', async () => {
    const { page, shot } = await openConsole(await api.service.consoleLink())
    const shooting = (name: string) => (look: string) => shot(`${name}-${look}`)
    await page.getByRole('link', { name: 'Drill', exact: true }).click()
    await page.getByText('No drill runs.').waitFor()
    await page.getByRole('button', { name: 'Begin a drill…' }).click()
    await page.getByRole('dialog').waitFor()
    expect(await auditPage(page, shooting('drill-begin'))).toEqual([])
    await page.getByLabel('What happens').selectOption({ label: 'Checkout hangs for everybody' })
    await page.getByRole('button', { name: 'Begin', exact: true }).click()
    await page.getByText('the alert comes within two minutes').waitFor()
    await page.locator('#news', { hasText: 'The drill has begun' }).waitFor({ state: 'attached' })

    const { items } = (await (await api.ask('/drills', TOKENS.admin)).json()) as { items: { id: string }[] }
    const brand = shadowBrand('acme', items[0]!.id)
    const given = { id: 'iss-made', brand, label: 'checkout <b>hangs</b>', severity: 'major' as const }
    const nowMs = Date.now()
    const issue = issueOf({ ...given, ageMs: 60_000, people: 12 }, nowMs, { calledAt: nowMs })
    await storeIssue(api.pool, issue)
    await storeAlert(api.pool, alertOf(issue, 'al-made'))
    await page.getByRole('link', { name: 'checkout <b>hangs</b>' }).click()
    await page.getByText('the posts are made up').waitFor()
    await page.getByRole('heading', { name: 'Afterwards' }).waitFor()
    expect(await page.getByRole('button', { name: 'Tell of an event…' }).count()).toBe(0)
    await page.getByRole('link', { name: 'Times and end of the drill' }).click()
    await page.getByRole('row', { name: /^Acknowledged not yet in 1[34] min/ }).waitFor()
    expect(await auditPage(page, shooting('drill-running'))).toEqual([])

    await page.getByRole('button', { name: /^End the drill/ }).click()
    await page.getByRole('button', { name: 'End it' }).click()
    await page.getByRole('heading', { name: 'Past drills' }).waitFor()
    await page.getByRole('row', { name: 'Acknowledged never within 15 min' }).waitFor()
    expect(await page.getByRole('link', { name: 'checkout <b>hangs</b>' }).count()).toBe(0)
    expect(await auditPage(page, shooting('drill-over'))).toEqual([])
  })

  test('shows a viewer the reports and no buttons', async () => {
    const { page } = await openConsole(`${api.url}/#/drill`)
    await page.getByLabel('Token').fill(TOKENS.acme)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Past drills' }).waitFor()
    expect(await page.getByRole('button', { name: 'Begin a drill…' }).count()).toBe(0)
    await page.getByRole('button', { name: /^Copy the report/ }).waitFor()
  })
})
