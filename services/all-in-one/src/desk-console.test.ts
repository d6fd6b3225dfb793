import { chromiumLaunch } from '@outcry/testkit'
import { auditPage } from '@outcry/testkit/audited-page'
import { chromium, type Page } from 'playwright-core'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { drilledDesk } from '../test/drilled-desk.ts'

const launch = chromiumLaunch()
const SHOTS = process.env['OUTCRY_TEST_SHOTS']
const PATIENCE_MS = 60_000
const TEST_MS = 240_000

/** The link of the alert that a pager was told, opened by somebody who signs in by the one-time link of the start. */
const opened = async (consoleLink: string, alertLink: string): Promise<Page> => {
  const browser = await chromium.launch(launch!)
  onTestFinished(() => browser.close())
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  onTestFinished(() => expect(faults).toEqual([]))
  page.setDefaultTimeout(20_000)
  await page.goto(consoleLink)
  await page.getByRole('heading', { name: 'Issues' }).waitFor()
  await page.goto(alertLink)
  return page
}

/** When it is that many minutes later, as a field of a form wants it. */
const later = (minutes: number): string => {
  const at = new Date(Date.now() + minutes * 60_000)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** What a person does with statements in the console, found by what it says there. */
const speaking = (page: Page) => {
  const statement = (kind: string) => page.locator('#detail .statement', { hasText: kind }).first()
  const closed = () => page.getByRole('dialog').waitFor({ state: 'hidden' })
  return {
    draft: async (kind: string, facts: Readonly<Record<string, string>>) => {
      await page.getByRole('button', { name: 'Draft a statement…' }).click()
      await page.getByLabel('Kind').selectOption(kind)
      for (const [label, value] of Object.entries(facts)) await page.getByLabel(label).fill(value)
      await page.getByRole('button', { name: 'Draft', exact: true }).click()
      await page.getByText('Nothing keeps it from being approved.').waitFor()
      await page.getByRole('button', { name: 'Close' }).click()
      await closed()
    },
    approve: async (kind: string) => {
      await statement(kind).getByRole('button', { name: 'Approve' }).click()
      await statement(kind)
        .getByRole('button', { name: /^Published…/ })
        .waitFor()
    },
    publish: async (kind: string, channel: string) => {
      await statement(kind)
        .getByRole('button', { name: /^Published/ })
        .click()
      await page.getByLabel('Channel').fill(channel)
      await page.getByRole('button', { name: 'Record it' }).click()
      await closed()
      await statement(kind).getByText(`On ${channel}`).waitFor()
    },
  }
}

/** Gives the issue another type. */
const retype = async (page: Page, type: string): Promise<void> => {
  await page.getByRole('button', { name: 'Change the type…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('select[name=type]:enabled').selectOption(type)
  await dialog.getByRole('button', { name: 'Change', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.locator('.playbook').getByText('says admin').waitFor()
}

/** Takes two complaints by keyboard, answers one and ends the other. */
const triage = async (page: Page): Promise<void> => {
  const list = page.locator('section.complaints')
  const atHand = list.locator('[data-row]:focus')
  const row = async () => list.locator(`[data-row="${await atHand.getAttribute('data-row')}"]`)
  await list.locator('[data-row]').first().focus()
  const first = await row()
  await page.keyboard.press('m')
  await first.getByText('With admin').waitFor()
  await page.keyboard.press('a')
  await first.getByText('Marked as answered by admin').waitFor()
  await page.keyboard.press('j')
  const second = await row()
  await page.keyboard.press('m')
  await second.getByText('With admin').waitFor()
  await page.keyboard.press('o')
  await page.locator('#ask select[name=outcome]').selectOption('resolved')
  await page.getByRole('button', { name: 'Record it' }).press('Enter')
  await second.getByText('Resolved', { exact: true }).waitFor()
}

describe.skipIf(launch === null)('a drill through the desk, by the console', () => {
  it(
    'goes from the link of the alert to the thank-you on every channel and the report',
    async () => {
      const desk = await drilledDesk()
      await desk.post('/drills', { brand: 'acme', scenario: 'checkout', seed: 1 })
      await vi.waitFor(() => expect(desk.pager.length).toBeGreaterThan(0), { timeout: PATIENCE_MS, interval: 200 })
      const { data } = desk.pager[0]!.body
      const consoleLink = /console\s+(http:\S+)/.exec(desk.outcry.output())![1]!
      const page = await opened(consoleLink, String(data['url']))
      const audit = async (name: string) =>
        expect([
          name,
          await auditPage(
            page,
            async (look) => SHOTS && page.screenshot({ path: `${SHOTS}/desk-${name}-${look}.png`, fullPage: true }),
          ),
        ]).toEqual([name, []])
      const detail = page.locator('#detail')
      const { draft, approve, publish } = speaking(page)

      await detail.getByRole('heading', { level: 2, name: String(data['label']) }).waitFor()
      await detail.locator('.tag', { hasText: 'Drill, not real' }).waitFor()
      await audit('alert')
      await detail.getByRole('button', { name: 'Acknowledge' }).click()
      await detail.locator('.tag', { hasText: 'acknowledged by admin' }).waitFor()

      await draft('brief', { 'Or next update at': later(30) })
      await approve('Brief')
      await publish('Brief', '#front-line')
      await draft('holding', { 'ETA: fixed by': later(45) })
      await detail.locator('.statement', { hasText: 'DRILL, do not publish.' }).first().waitFor()
      await approve('Holding')
      await publish('Holding', 'status page')
      await detail.locator('.tag', { hasText: 'announced' }).first().waitFor()
      await publish('Holding', 'x')
      await draft('update', { 'ETA: fixed by': later(90), 'What went wrong': 'A release of this morning' })
      await approve('Update')
      await publish('Update', 'x')
      await page.getByText('The thank-you is owed on: status page, x').waitFor()

      await retype(page, 'payment')
      await triage(page)
      const { outcomes, assignees } = await desk.get<{ outcomes: object; assignees: object }>(
        `/issues/${String(data['issueId'])}/complaints/summary`,
      )
      expect([outcomes, assignees]).toEqual([{ resolved: 1 }, { admin: 2 }])
      await audit('announced')

      await detail.getByRole('button', { name: 'Resolve' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click()
      await detail.locator('.tag', { hasText: 'resolved' }).waitFor()
      await draft('closing', {})
      await approve('Closing')
      await publish('Closing', 'status page')
      await publish('Closing', 'x')
      await page.getByText('The thank-you is owed on').waitFor({ state: 'detached' })
      await audit('thanked')

      await page.getByRole('link', { name: 'Times and end of the drill' }).click()
      await page.getByRole('row', { name: /^Thanked on x .* after/ }).waitFor()
      await audit('running')
      await page.getByRole('button', { name: /^End the drill/ }).click()
      await page.getByRole('button', { name: 'End it' }).click()
      await page.getByRole('heading', { name: 'Past drills' }).waitFor()
      for (const done of [
        'Detected',
        'Paged',
        'Reached pager',
        'Acknowledged',
        'Front line briefed',
        'First word to the public',
        'Resolved',
        'Thanked on status page',
        'Thanked on x',
      ])
        await page
          .getByRole('row', { name: new RegExp(`^${done} .*after`) })
          .first()
          .waitFor()
      expect(await page.getByText('✕').count()).toBe(0)
      await audit('over')
    },
    TEST_MS,
  )
})
