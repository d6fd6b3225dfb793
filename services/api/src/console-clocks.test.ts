import { MINUTE_MS } from '@outcry/contracts'
import { appendTimeline } from '@outcry/store'
import { beforeAll, describe, expect, test } from 'vitest'
import { issueOf, storeIssue } from '../test/burning-day.ts'
import { launch, LOOKS, runningConsole } from '../test/console-browser.ts'

const NOW = Date.now()

describe.skipIf(launch === null)('what is due, in the console', () => {
  const { api, openConsole } = runningConsole()
  beforeAll(async () => {
    for (const [id, label, minutes] of [
      ['iss-late', 'checkout hangs after paying', 45],
      ['iss-soon', 'refund never arrives', 11],
      ['iss-new', 'app crashes at login', 1],
    ] as const) {
      const given = { id, brand: 'acme', label, severity: 'major' as const, ageMs: 50 * MINUTE_MS, people: 20 }
      await storeIssue(api.pool, issueOf(given, NOW, { calledAt: NOW - minutes * MINUTE_MS }))
    }
    const clock = { name: 'first-statement', dueAt: NOW - 15 * MINUTE_MS }
    await appendTimeline(api.pool, [
      {
        id: 'tl-late',
        issueId: 'iss-late',
        brand: 'acme',
        atMs: NOW - 15 * MINUTE_MS,
        kind: 'escalated',
        actor: 'clock',
        body: { reason: 'overdue', clock },
      },
    ])
  })

  test('stands on each card with what is due next, and what is overdue in words', async () => {
    const { page } = await openConsole(await api.service.consoleLink())
    const card = (text: string) => page.locator('.card', { hasText: text })
    const textOf = async (text: string) => (await card(text).textContent()) ?? ''
    await card('checkout').waitFor()
    expect(await textOf('checkout')).toMatch(/✕ Overdue: Acknowledgement, \d\d:\d\d \(30 min ago\) and 1 more/)
    expect(await textOf('refund')).toMatch(/Next: Acknowledgement, \d\d:\d\d \(in 3 min\)/)
    expect(await card('refund').locator('.clocks-overdue').count()).toBe(0)
  })

  test('is a list in the issue that people tick off by what they do', async () => {
    const { page, shot } = await openConsole(await api.service.consoleLink())
    await page.locator('.card', { hasText: 'refund' }).click()
    const due = page.locator('.clocks-list')
    const row = (text: string) => due.locator('li', { hasText: text })
    await row('Acknowledgement').getByText('◔ Due soon').waitFor()
    await row('Acknowledgement').getByText('until somebody acknowledges').waitFor()
    expect(await due.locator('b').allTextContents()).toEqual([
      'Acknowledgement',
      'First public statement',
      'Resolution',
    ])
    await page.getByRole('button', { name: 'Acknowledge' }).click()
    await row('Acknowledgement').getByText('✓ Done').waitFor()
    await row('Acknowledgement').getByText('acknowledged by').waitFor()
    expect(await due.locator('b').first().textContent()).toBe('First public statement')
    await page.locator('.card', { hasText: 'checkout' }).click()
    await row('First public statement').getByText('✕ Overdue').waitFor()
    await page
      .locator('.timeline li', { hasText: /Escalated by clock: overdue; First public statement, \d\d:\d\d/ })
      .waitFor()
    await shot('clocks')
  })

  test.each(LOOKS)('breaks no rule of access in $scheme at $width px', async ({ scheme, width }) => {
    const { page, shot, violations, overflow } = await openConsole(await api.service.consoleLink(), {
      colorScheme: scheme,
      viewport: { width, height: 800 },
    })
    await page.locator('.card', { hasText: 'checkout' }).click()
    await page.locator('.clocks-list').waitFor()
    expect(await violations()).toEqual([])
    expect(await overflow()).toBe(0)
    await shot(`clocks-${scheme}-${width}`)
  })
})
