import { MINUTE_MS, type Mention } from '@outcry/contracts'
import { upsertMentions } from '@outcry/store'
import type { Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { burningDay } from '../test/burning-day.ts'
import { launch, LOOKS, runningConsole, signedOutOrLate } from '../test/console-browser.ts'

const NOW = Date.now()
const ISSUE = 'iss-refund'

describe.skipIf(launch === null)('the complaints of an issue in the console', () => {
  const { api, openConsole } = runningConsole(signedOutOrLate)
  beforeAll(() => burningDay(api.pool, NOW))
  let opened: Awaited<ReturnType<typeof openConsole>>
  let page: Page

  const say = (...posts: (Partial<Mention> & { id: string; issueId?: string | null })[]) =>
    upsertMentions(
      api.pool,
      posts.map(({ issueId = ISSUE, ...more }, n) => ({
        brand: 'acme',
        mention: {
          op: 'create',
          rev: '1',
          kind: 'post',
          source: 'bluesky',
          text: `my refund never came, order ${n}`,
          author: { id: `by-${more.id}`, followers: 0 },
          url: `https://posts.example/${n}`,
          observedAt: NOW,
          eventTime: NOW - (posts.length - n) * 1_000 - 10 * MINUTE_MS,
          ...more,
        },
        complaint: 0.9,
        lang: 'en',
        clusterId: null,
        issueId,
      })),
    )
  beforeEach(async () => {
    await api.pool.query(`DELETE FROM outcry.mention WHERE issue_id = $1 OR id LIKE 'x:%'`, [ISSUE])
    await say(
      { id: 'x:1', text: 'where is my refund <img src=x onerror=alert(1)>', author: { id: 'ann', followers: 900 } },
      { id: 'x:2', text: '\u202Erefund\u202D reversed', url: 'javascript:alert(1)' },
      { id: 'x:3', text: 'still waiting', author: { id: 'cy', createdAt: NOW - 20 * MINUTE_MS } },
      { id: 'x:r', byBrand: true, author: { id: 'acme' }, parentId: 'x:4', issueId: null },
      { id: 'x:4', author: { id: 'dan' } },
      { id: 'x:5', author: { id: 'dan' }, parentId: 'x:r', text: 'no, it did not come' },
    )
  })

  const open = async (options?: Parameters<typeof openConsole>[1]) => {
    opened = await openConsole(await api.service.consoleLink(), options)
    page = opened.page
    await page.locator('.card', { hasText: 'refund never arrives' }).first().click()
    await rows().first().waitFor()
  }
  const panel = () => page.locator('section.complaints')
  const rows = () => panel().locator('[data-row]')
  const row = (id: string) => panel().locator(`[data-row="${id}"]`)
  const shown = async () => rows().evaluateAll((all) => all.map((each) => each.getAttribute('data-row')))
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  /** Answers the dialog; the keyboard then is where it was. */
  const record = async (field: string, value: string) => {
    await page.locator(`#ask select[name=${field}]`).selectOption(value)
    await page.getByRole('button', { name: 'Record it' }).click()
    await page.locator('[data-row]:focus').waitFor()
  }
  const stored = async (id: string) => {
    const { rows: found } = await api.pool.query(
      `SELECT answered, assignee, hand_off, outcome, authenticity FROM outcry.complaint WHERE mention_id = $1`,
      [id],
    )
    return found[0]
  }

  test('shows who waits, the most urgent first, with text of the world as text', async () => {
    await open()
    expect(await shown()).toEqual(['x:1', 'x:2', 'x:3', 'x:5'])
    expect(await panel().textContent()).toContain('4 of 5 complaints wait for an answer, seen by 904 people')
    expect(await row('x:1').textContent()).toContain('<img src=x onerror=alert(1)>')
    expect(await panel().locator('img').count()).toBe(0)
    expect(await row('x:2').locator('a').count()).toBe(0)
    expect(await row('x:2').locator('blockquote').getAttribute('dir')).toBe('auto')
    expect(await row('x:3').textContent()).toContain('Uncertain (estimate)')
    expect(await row('x:5').textContent()).toContain('Move it to a private channel: 3 public messages.')
    await panel().getByLabel('Show').selectOption('all')
    await row('x:4').waitFor()
    expect(await row('x:4').textContent()).toContain('Answered by your reply')
    await opened.shot('complaints')
  })

  test('is worked through by keyboard alone, told to screen readers, and taken back', async () => {
    await open()
    await row('x:1').focus()
    await press('a')
    await page
      .locator('#news', { hasText: 'Marked as answered: 1 complaint. Press u to take it back.' })
      .waitFor({ state: 'attached' })
    expect(await stored('x:1')).toMatchObject({ answered: true })
    expect(await row('x:1').textContent()).toContain('Marked as answered by admin')
    await press('j', 'm')
    await row('x:2').getByText('With admin').waitFor()
    await press('x', 'j', 'x', 'h')
    await record('channel', 'phone')
    await row('x:3').getByText('Moved to: Phone').waitFor()
    expect([await stored('x:2'), await stored('x:3')]).toMatchObject([{ hand_off: 'phone' }, { hand_off: 'phone' }])
    await press('u')
    await row('x:3').getByText('Not answered').waitFor()
    expect([await stored('x:2'), await stored('x:3')]).toMatchObject([
      { hand_off: null, assignee: 'admin' },
      { hand_off: null },
    ])
    await press('o')
    await record('outcome', 'not-solved')
    await row('x:3').getByText('We could not solve it').waitFor()
    await press('g')
    await page.locator('#ask input[name=reason]').fill('called them')
    await record('judgement', 'genuine')
    await row('x:3').getByText('Genuine, says admin').waitFor()
    await press('?')
    const keys = await page.locator('#ask dt').allTextContents()
    for (const key of ['a', 'm', 'h', 'o', 'g', 'r', 's', 'x', 'u', '?']) expect(keys).toContain(key)
    await page.getByRole('button', { name: 'Close' }).click()
    await panel().getByRole('button', { name: 'Read again' }).click()
    await expect.poll(shown).toEqual(['x:2', 'x:5'])
  })

  test('shows what somebody else changed meanwhile instead of overwriting it', async () => {
    await open()
    // Who works in the list keeps it as it is.
    await row('x:1').focus()
    await api.pool.query(
      `INSERT INTO outcry.complaint (brand, mention_id, issue_id, said_at_ms, assignee, version, updated_at_ms)
       VALUES ('acme', 'x:1', $1, 1, 'kim', 1, 1)`,
      [ISSUE],
    )
    await press('m')
    await panel().getByRole('alert').getByText('1 complaint changed by somebody else meanwhile').waitFor()
    await row('x:1').getByText('With kim').waitFor()
    await press('m')
    await row('x:1').getByText('With admin').waitFor()
    expect(await stored('x:1')).toMatchObject({ assignee: 'admin' })
  })

  test('loses what a person removes or splits off, which the detector is told', async () => {
    await open()
    await row('x:2').focus()
    await press('r')
    await page.locator('#ask').getByRole('button', { name: 'Remove' }).click()
    await expect.poll(shown).toEqual(['x:1', 'x:3', 'x:5'])
    await row('x:3').focus()
    await press('x')
    await row('x:5').focus()
    await press('x', 's')
    await page.locator('#ask').getByRole('button', { name: 'Split off' }).click()
    await expect.poll(shown).toEqual(['x:1'])
    const { rows: told } = await api.pool.query(
      `SELECT body FROM outcry.command WHERE issue_id = $1 ORDER BY created_at`,
      [ISSUE],
    )
    expect(told).toEqual([
      { body: { type: 'remove', issueId: ISSUE, mentionIds: ['x:2'] } },
      { body: { type: 'split', issueId: ISSUE, mentionIds: ['x:3', 'x:5'] } },
    ])
  })

  test('has another complaint at hand once that one left the list', async () => {
    await open()
    await row('x:2').focus()
    await press('r')
    await page.locator('#ask').getByRole('button', { name: 'Remove' }).click()
    await expect.poll(shown).toEqual(['x:1', 'x:3', 'x:5'])
    expect(await panel().locator('[data-row][tabindex="0"]').getAttribute('data-row')).toBe('x:1')
    await row('x:1').locator('input[type=checkbox][tabindex="0"]').waitFor()
    await panel().getByRole('button', { name: 'Remove…' }).click()
    await page.locator('#ask h2', { hasText: 'Remove from the issue: 1 complaint' }).waitFor()
    await page.locator('#ask').getByRole('button', { name: 'Remove' }).click()
    await expect.poll(shown).toEqual(['x:3', 'x:5'])
  })

  test('of an issue that is over are triaged, and none is removed or split off any more', async () => {
    await say({ id: 'x:over', issueId: 'iss-over', text: 'where is my parcel' })
    opened = await openConsole(`${await api.service.consoleLink()}#/issues/iss-over`)
    page = opened.page
    await row('x:over').waitFor()
    const acts = await panel().getByRole('group', { name: 'Say of complaints' }).getByRole('button').allTextContents()
    expect(acts).toEqual(['Answered', 'Assign to me', 'Hand off…', 'Outcome…', 'How genuine…', 'Keys', 'Read again'])
  })

  test('is of an issue that can be merged into another of the brand', async () => {
    await open()
    await page.getByRole('button', { name: 'Merge…' }).click()
    const into = page.locator('#ask select[name=into]')
    await into.locator('option').first().waitFor({ state: 'attached' })
    expect(await into.locator('option').allTextContents()).toEqual([
      'checkout hangs after paying',
      'newsletter comes twice',
    ])
    await into.selectOption('iss-checkout')
    await page.locator('#ask').getByRole('button', { name: 'Merge' }).click()
    await page.locator('#news', { hasText: 'Merge asked for' }).waitFor({ state: 'attached' })
    const { rows: told } = await api.pool.query(
      `SELECT body FROM outcry.command WHERE issue_id = $1 ORDER BY created_at DESC LIMIT 1`,
      [ISSUE],
    )
    expect(told).toEqual([{ body: { type: 'merge', issueId: ISSUE, into: 'iss-checkout' } }])
  })

  test('is of an issue whose authenticity a person may judge', async () => {
    await open()
    await page.getByRole('button', { name: 'How genuine is it…' }).click()
    await page.locator('#ask select[name=judgement]').selectOption('coordinated')
    await page.locator('#ask input[name=reason]').fill('one text by many')
    await page.getByRole('button', { name: 'Record it' }).click()
    await page.getByText('coordinated, says admin: one text by many').waitFor()
    const {
      rows: [stored],
    } = await api.pool.query<{ is: string }>(`SELECT body #>> '{judged,is}' AS is FROM outcry.issue WHERE id = $1`, [
      ISSUE,
    ])
    expect(stored?.is).toBe('coordinated')
  })

  test('of 5,000 is worked on at once, and read on as one goes down', async () => {
    await say(
      ...Array.from({ length: 5_000 }, (_, n) => ({ id: `x:many:${n}`, text: `refund missing ${n} `.repeat(6) })),
    )
    await api.pool.query('ANALYZE outcry.mention')
    const before = Date.now()
    await open()
    await panel().getByText('5,004 of 5005 complaints wait').waitFor()
    expect(Date.now() - before).toBeLessThan(5_000)
    await rows().first().focus()
    await press('End')
    await expect.poll(async () => Number(await rows().first().getAttribute('aria-setsize'))).toBeGreaterThanOrEqual(200)
    expect(await rows().count()).toBeLessThan(150)
    await press('a')
    await page.locator('#news', { hasText: 'Marked as answered' }).waitFor({ state: 'attached' })
  })

  test.each(LOOKS)(
    'has no accessibility violation in $scheme at $width px, and nothing is cut off',
    async ({ scheme, width }) => {
      await open({ colorScheme: scheme, viewport: { width, height: 800 } })
      await row('x:1').focus()
      await press('x')
      expect(await opened.violations()).toEqual([])
      const tools = panel().getByRole('group', { name: 'Say of complaints' }).getByRole('button')
      expect(await tools.count()).toBeGreaterThan(8)
      for (const tool of await tools.all()) {
        const { x, width: toolWidth } = (await tool.boundingBox())!
        expect(x + toolWidth).toBeLessThanOrEqual(width)
      }
      await opened.shot(`complaints-${scheme}-${width}`)
      await press('?')
      expect(await opened.violations()).toEqual([])
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    },
  )
})
