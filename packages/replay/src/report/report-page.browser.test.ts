import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { chromiumLaunch } from '@outcry/testkit'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportWith } from '../../test/small-report.ts'
import { renderReportPage } from '../index.ts'

const launch = chromiumLaunch()
const HOSTILE = '<img src=http://127.0.0.1:1/x onerror="document.title=1"><style>h1{display:none}</style>late orders'
type AxeResults = { violations: { id: string; nodes: { html: string }[] }[] }

describe.skipIf(launch === null)('the report in a browser', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await chromium.launch(launch!)
  })
  afterAll(async () => {
    await browser?.close()
  })

  it.each(['light', 'dark'] as const)(
    'has nothing for axe to find, asks for nothing and runs nothing: %s',
    async (colorScheme) => {
      const context = await browser.newContext({ colorScheme, bypassCSP: true })
      const page = await context.newPage()
      const asked: string[] = []
      page.on('request', (request) => asked.push(request.url()))
      await page.setContent(renderReportPage(reportWith(HOSTILE)))
      expect(await page.title()).toBe('Outcry backtest')
      const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
      await page.evaluate(`${axe}; undefined`)
      const { violations } = await page.evaluate<AxeResults>('axe.run()')
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
      expect(asked).toEqual([])
      await context.close()
    },
  )

  it('has its own style and no other, by its policy', async () => {
    const page = await browser.newPage()
    const refused: string[] = []
    page.on('console', (message) => refused.push(message.text()))
    await page.setContent(renderReportPage(reportWith(HOSTILE)))
    const pad = () => page.evaluate<string>("getComputedStyle(document.querySelector('.swatch')).display")
    expect(await pad()).toBe('inline-block')
    expect(refused).toEqual([])
    await page.evaluate(
      "document.body.append(Object.assign(document.createElement('style'), { textContent: '.swatch{display:none}' }))",
    )
    expect(await pad()).toBe('inline-block')
    expect(refused.join()).toContain('Content Security Policy')
    await page.close()
  })
})
