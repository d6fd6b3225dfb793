import type { BrowserContext } from 'playwright-core'
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
  const signInAs = async (token: string, context: BrowserContext) => {
    const session = await api.ask('/session', token, { method: 'POST' })
    const [name, value] = session.headers.getSetCookie()[0]!.split(';', 1)[0]!.split('=', 2)
    await context.addCookies([{ name: name!, value: value!, url: api.url }])
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

  const tell = async (event: object): Promise<string> => {
    const headers = { 'content-type': 'application/json' }
    const answer = await api.ask('/events', TOKENS.mira, { method: 'POST', headers, body: JSON.stringify(event) })
    expect(answer.status).toBe(201)
    return ((await answer.json()) as { id: string }).id
  }

  test('removes planned work that was told of, once it was asked what that means', async () => {
    const times = { at: new Date(NOW - 10 * 60_000).toISOString(), until: new Date(NOW + 3_600_000).toISOString() }
    await tell({ kind: 'planned', title: 'move of the <i>warehouse</i>', brands: ['acme'], ...times })
    const { page, panel, shot, violations } = await openIssue('iss-checkout')
    await panel.getByRole('button', { name: 'Show how it stands' }).click()
    const words = "Planned event 'move of the <i>warehouse</i>' began 42 min after the onset and lasts 1 h 10 min."
    await panel.getByText(words).waitFor()
    await panel.getByRole('button', { name: 'Compare around move of the' }).click()
    await panel.getByText('Compared around move of the <i>warehouse</i>.').waitFor()
    const removes = panel.getByRole('button', { name: 'Remove… move of the <i>warehouse</i>' })
    await removes.click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(words).waitFor()
    await dialog.getByText('an incident that was held for it asks for its page again').waitFor()
    expect(await violations()).toEqual([])
    await shot('after-removal')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await removes.click()
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.locator('#news', { hasText: 'Removed: move of the' }).waitFor({ state: 'attached' })
    await removes.waitFor({ state: 'detached' })
    expect(await panel.getByText('Compared around').count()).toBe(0)
    expect(await page.locator('.timeline li', { hasText: 'warehouse' }).count()).toBe(0)
    await page.locator('[data-focus="Tell of an event…"]:focus').waitFor()
    expect(await (await api.ask('/events?kind=planned', TOKENS.admin)).json()).toMatchObject({ items: [] })
  })

  test('shows no longer what somebody else removed meanwhile', async () => {
    const at = new Date(NOW - 15 * 60_000).toISOString()
    const id = await tell({ kind: 'incident', title: 'database is slow', brands: ['acme'], at })
    const { page, panel } = await openIssue('iss-checkout')
    await panel.getByRole('button', { name: 'Show how it stands' }).click()
    const removes = panel.getByRole('button', { name: 'Remove… database is slow' })
    await removes.click()
    expect((await api.ask(`/events/${id}`, TOKENS.mira, { method: 'DELETE' })).status).toBe(204)
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
    await page.locator('#news', { hasText: 'Removed: database is slow' }).waitFor({ state: 'attached' })
    await removes.waitFor({ state: 'detached' })
  })

  test('leaves what was told of every brand to who sees every brand', async () => {
    const at = new Date(NOW - 20 * 60_000).toISOString()
    await tell({ kind: 'other', title: 'bank holiday', at })
    await tell({ kind: 'other', title: 'price change', brands: ['globex'], at })
    const { panel, page, context } = await openIssue('iss-globex')
    await panel.getByRole('button', { name: 'Show how it stands' }).click()
    await panel.getByRole('button', { name: 'Remove… bank holiday' }).click()
    await page.getByRole('dialog').getByText('It was told of every brand, and goes for every brand.').waitFor()
    await signInAs(TOKENS.globex, context)
    await page.reload()
    await panel.getByRole('button', { name: 'Show how it stands' }).click()
    await panel.getByRole('button', { name: 'Remove… price change' }).waitFor()
    await panel.getByText("Event 'bank holiday' was").waitFor()
    expect(await panel.getByRole('button', { name: 'Remove… bank holiday' }).count()).toBe(0)
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
    const { panel, page, context } = await openIssue('iss-past')
    await signInAs(TOKENS.acme, context)
    await page.reload()
    await panel.getByText('✓ Fell').waitFor()
    expect(await panel.getByRole('button', { name: 'Tell of an event…' }).count()).toBe(0)
    expect(await panel.getByRole('button', { name: 'Remove…' }).count()).toBe(0)
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
