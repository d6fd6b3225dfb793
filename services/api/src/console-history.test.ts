import { appendTimeline } from '@outcry/store'
import { beforeAll, describe, expect, test } from 'vitest'
import { issueOf, storeIssue } from '../test/burning-day.ts'
import { launch, LOOKS, runningConsole } from '../test/console-browser.ts'

const NOW = Date.now()
const HOUR_MS = 3_600_000

describe.skipIf(launch === null)('the page History', () => {
  const { api, openConsole } = runningConsole()
  let shown: Awaited<ReturnType<typeof openConsole>>

  type Given = Parameters<typeof issueOf>
  const over = async (
    given: Pick<Given[0], 'id' | 'label'> & { hoursAgo: number; brand?: string },
    own: Given[2] = {},
  ): Promise<void> => {
    const { id, label, hoursAgo, brand = 'acme' } = given
    const closed = { by: 'mira', at: NOW - (hoursAgo - 2) * HOUR_MS, reason: 'person' }
    const issue = { id, label, brand, severity: 'major' as const, ageMs: hoursAgo * HOUR_MS, people: 21 }
    await storeIssue(api.pool, issueOf(issue, NOW, { state: 'resolved', closed, ...own }))
  }

  beforeAll(async () => {
    const type = { id: 'checkout', label: 'checkout', by: 'mira', reason: '', confidence: 1, at: NOW, teaches: false }
    await over({ id: 'iss-a', label: 'checkout <i>hangs</i>', hoursAgo: 30 }, { type, recurrenceOf: 'iss-older' })
    await over({ id: 'iss-b', label: 'a meme', hoursAgo: 90 }, { state: 'dismissed' })
    await over({ id: 'iss-c', label: 'half of it', hoursAgo: 20 }, { state: 'merged', mergedInto: 'iss-a' })
    await over({ id: 'iss-d', label: 'app crashes', hoursAgo: 10, brand: 'globex' })
    const rows = await api.pool.query<{ at: number }>(`SELECT opened_at_ms AS at FROM outcry.issue WHERE id = 'iss-a'`)
    const openedAt = rows.rows[0]!.at
    const entry = (id: string, minutes: number, kind: string, reason: string) => ({
      id,
      issueId: 'iss-a',
      brand: 'acme',
      atMs: openedAt + minutes * 60_000,
      kind,
      actor: 'mira',
      body: { reason },
    })
    await appendTimeline(api.pool, [
      entry('t-ack', 4, 'updated', 'acknowledged'),
      entry('t-said', 21, 'updated', 'announced'),
      entry('t-done', 95, 'resolved', 'person'),
    ])
  })

  const open = async (options?: Parameters<typeof openConsole>[1]) => {
    shown = await openConsole(await api.service.consoleLink(), options)
    await shown.page.locator('#who', { hasText: 'admin' }).waitFor({ state: 'attached' })
    await shown.page.goto(`${api.url}/#/history`)
    await items().first().waitFor()
    return shown
  }
  const items = () => shown.page.locator('.history-page li')
  const labels = async () => items().locator('h3').allTextContents()

  test('tells how each issue ended, how long it took and what each step took, and leads to it', async () => {
    const { page } = await open()
    expect(await labels()).toEqual(['app crashes', 'half of it', 'checkout <i>hangs</i>', 'a meme'])
    const text = (await items().nth(2).textContent()) ?? ''
    for (const part of [
      '◆ Major✓ ResolvedAcmecheckout',
      '(1 h 56 min) by mira; 21 people in 27 posts.',
      'Acknowledged after4 min',
      'Announced after21 min',
      'Resolved after1 h 35 min',
      'Came back: the earlier issue',
    ])
      expect(text).toContain(part)
    expect(await items().locator('i').count()).toBe(0)
    const report = await items().nth(2).getByRole('link', { name: 'Report: checkout' }).getAttribute('href')
    expect((await page.request.get(`${api.url}${report}`)).headers()['content-type']).toContain('text/html')
    expect(await items().nth(1).getByRole('link', { name: 'Goes on in another issue' }).getAttribute('href')).toBe(
      '#/issues/iss-a',
    )
    await items().nth(2).getByRole('link', { name: 'checkout <i>hangs</i>', exact: true }).click()
    await page.locator('#detail .title', { hasText: 'checkout <i>hangs</i>' }).waitFor()
  })

  test('is searched by words, end, severity, type, days and brand', async () => {
    const { page } = await open()
    const only = async (label: string) => {
      await items().filter({ hasText: label }).waitFor()
      await expect.poll(labels).toEqual([label])
    }
    await page.getByLabel('Words of the issue').fill('MEME')
    await page.keyboard.press('Enter')
    await only('a meme')
    await page.getByLabel('Words of the issue').fill('')
    await page.getByLabel('Ended').selectOption('Merged')
    await only('half of it')
    await page.getByLabel('Ended').selectOption('All')
    await page.getByLabel('Type').fill('checkout')
    await page.keyboard.press('Enter')
    await only('checkout <i>hangs</i>')
    await page.getByLabel('Type').fill('')
    const day = new Date(NOW - 60 * HOUR_MS).toISOString().slice(0, 10)
    await page.getByLabel('Opened before').fill(day)
    await page.keyboard.press('Enter')
    await only('a meme')
    await page.getByLabel('Opened before').fill('')
    await page.keyboard.press('Enter')
    await page.getByLabel('Brand').selectOption('Globex')
    await only('app crashes')
    await page.getByLabel('Severity').selectOption('▲ Crisis')
    await page.getByText('No past issue fits.').waitFor()
  })

  test.each(LOOKS)('has no accessibility violation in $scheme at $width px', async ({ scheme, width }) => {
    const { violations, overflow, shot } = await open({ colorScheme: scheme, viewport: { width, height: 800 } })
    expect(await violations()).toEqual([])
    expect(await overflow()).toBe(0)
    await shot(`history-${scheme}-${width}`)
  })
})
