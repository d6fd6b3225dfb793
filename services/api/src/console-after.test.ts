import { beforeAll, describe, expect, test } from 'vitest'
import { burningDay } from '../test/burning-day.ts'
import { launch, LOOKS, runningConsole } from '../test/console-browser.ts'
import { pastFire } from '../test/past-fire.ts'
import { TOKENS } from '../test/running-api.ts'

const NOW = Date.now()

describe.skipIf(launch === null)('afterwards, in the console', () => {
  const { api, openConsole } = runningConsole()
  beforeAll(async () => {
    await burningDay(api.pool, NOW)
    await pastFire(api, NOW)
    await pastFire(api, NOW - 40 * 86_400_000, 'iss-earlier')
  })
  const openIssue = async (id: string, options: Parameters<typeof openConsole>[1] = {}) => {
    const opened = await openConsole(await api.service.consoleLink(), options)
    await opened.page.locator('.card').first().waitFor()
    await opened.page.evaluate(`location.hash = '#/issues/${id}'`)
    const panel = opened.page.getByRole('region', { name: 'Afterwards' })
    await panel.waitFor()
    return { ...opened, panel }
  }

  test('says whether complaints fell, how long each step took, what else happened, and what it was before', async () => {
    const { panel } = await openIssue('iss-past')
    await panel.getByText('✓ Fell').waitFor()
    const text = (await panel.textContent()) ?? ''
    for (const part of [
      '24 people complained in 1 h before the fix, 2 in 1 h after it',
      "Release 'checkout 4.2' was 12 min before the onset.",
      'About 650 to 2,600 people may be affected.',
      'the type checkout was an issue 0 times in 30 days, once in 90',
    ])
      expect(text).toContain(part)
    expect(await panel.getByRole('row', { name: /^First word to the public/ }).textContent()).toMatch(/15 min$/)
    expect(await panel.getByRole('row', { name: /^Front line briefed/ }).textContent()).toContain('not on record')
    expect(await panel.getByRole('link', { name: 'checkout hangs for @…' }).getAttribute('href')).toBe(
      '#/issues/iss-earlier',
    )
    await panel.getByText('What worked before').click()
    await panel
      .getByRole('row', { name: /^checkout free delivery of the next order within 15 min 2 1 h 10 min/ })
      .waitFor()
  })

  test('gives the report to take away, in each format', async () => {
    const { page, panel } = await openIssue('iss-past')
    for (const [name, file] of [
      ['Report as Page', 'outcry-iss-past.html'],
      ['Report as PDF', 'outcry-iss-past.pdf'],
      ['Report as Markdown', 'outcry-iss-past.md'],
      ['Complaints as CSV', 'outcry-iss-past-complaints.csv'],
    ] as const) {
      const [download] = await Promise.all([page.waitForEvent('download'), panel.getByRole('link', { name }).click()])
      expect(download.suggestedFilename()).toBe(file)
      expect(await download.failure()).toBeNull()
    }
  })

  test('tells of an event, shows it beside the issue, and compares around it', async () => {
    const { page, panel, shot, violations } = await openIssue('iss-checkout')
    expect(await panel.getByText('Did complaints fall?').count()).toBe(0)
    await panel.getByRole('button', { name: 'Show how it stands' }).click()
    await panel.getByText('Nobody said yet that it is fixed').waitFor()
    await panel.getByRole('button', { name: 'Tell of an event…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('What it is').selectOption('planned')
    await dialog.getByLabel('Its name').fill('<b>rollback</b> of 4.2')
    await dialog.getByRole('button', { name: 'Tell', exact: true }).click()
    await dialog.getByRole('alert').filter({ hasText: 'Say when the planned work ends' }).waitFor()
    expect(await violations()).toEqual([])
    await shot('after-event')
    await dialog.getByLabel('What it is').selectOption('release')
    await dialog.getByRole('button', { name: 'Tell', exact: true }).click()
    await page.locator('#news', { hasText: 'The event is told' }).waitFor({ state: 'attached' })
    await panel.getByText("Release '<b>rollback</b> of 4.2' was 52 min after the onset.").waitFor()
    await page.locator('.timeline li', { hasText: 'Event told of by admin' }).waitFor()
    await panel.getByRole('button', { name: 'Compare around <b>rollback</b> of 4.2' }).click()
    await panel.getByText('Compared around <b>rollback</b> of 4.2.').waitFor()
    await panel.getByText('○ Too early to tell').waitFor()
  })

  test('tells on History what worked before, over all types', async () => {
    const { page, violations } = await openConsole(await api.service.consoleLink())
    await page.locator('.card').first().waitFor()
    await page.evaluate("location.hash = '#/history'")
    await page.getByText('What worked before').click()
    await page.getByRole('row', { name: /^checkout free delivery of the next order within 15 min 2 / }).waitFor()
    await page.getByRole('row', { name: /^no type nothing never 1 / }).waitFor()
    expect(await violations()).toEqual([])
  })

  test('offers a viewer nothing to tell', async () => {
    const session = await api.ask('/session', TOKENS.acme, { method: 'POST' })
    const cookie = session.headers.getSetCookie()[0]!.split(';', 1)[0]!.split('=', 2)
    const { panel, page, context } = await openIssue('iss-past')
    await context.addCookies([{ name: cookie[0]!, value: cookie[1]!, url: api.url }])
    await page.reload()
    await panel.getByText('✓ Fell').waitFor()
    expect(await panel.getByRole('button', { name: 'Tell of an event…' }).count()).toBe(0)
  })

  test.each(LOOKS)('is readable in $scheme at $width px', async ({ scheme, width }) => {
    const viewport = { width, height: 900 }
    const { panel, shot, violations, overflow } = await openIssue('iss-past', { colorScheme: scheme, viewport })
    await panel.getByText('✓ Fell').waitFor()
    await panel.locator('canvas').waitFor()
    await panel.getByText('What worked before').click()
    await panel.getByRole('row', { name: /^checkout free/ }).waitFor()
    expect(await violations()).toEqual([])
    expect(await overflow()).toBe(0)
    await shot(`after-${scheme}-${width}`)
  })
})
