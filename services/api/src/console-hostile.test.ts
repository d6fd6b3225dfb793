import { addStatement, appendTimeline, reportSource, saveSuppressed, takeSource, upsertMentions } from '@outcry/store'
import { chromiumLaunch } from '@outcry/testkit'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { issueOf, storeIssue } from '../test/burning-day.ts'
import { eventually } from '../test/eventually.ts'
import { HARM_IN_PAGE } from '../test/harm-in-page.ts'
import { HOSTILE_POSTS } from '../test/hostile-texts.ts'
import { type RunningApi, runningApi, TOKENS } from '../test/running-api.ts'

const launch = chromiumLaunch()
const NOW = Date.now()
const WIDE = { width: 1280, height: 900 }
const PHONE = { width: 360, height: 740 }
const HOSTILE_LINKS = [
  'javascript:globalThis.ran=1',
  ' java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
]
const HREFS = (links: unknown[]) => links.map((link) => String(Reflect.get(Object(link), 'href')))
const solid = (text: string) => text.replaceAll(/\s/g, '')
const issueId = (at: number) => `iss-hostile-${at}`

/** An issue whose every text of the world is this one, and everything beside it that quotes it. */
const storeHostile = async ({ pool }: RunningApi, text: string, at: number): Promise<void> => {
  const id = issueId(at)
  const issue = issueOf({ id, brand: 'acme', label: text, severity: 'major', ageMs: 3_600_000, people: 20 }, NOW)
  const links = [...HOSTILE_LINKS, 'https://xn--80ak6aa92e.example/post']
  const exemplars = links.map((url, n) => ({ mentionId: `${id}-${n}`, at: NOW, source: 'support', excerpt: text, url }))
  await storeIssue(pool, { ...issue, evidence: { ...issue.evidence, terms: [text], reasons: [text], exemplars } })
  const place = { issueId: id, brand: 'acme' }
  await appendTimeline(pool, [
    { ...place, id: `tl-${id}-note`, atMs: NOW, kind: 'note', actor: 'mira', body: { note: text } },
  ])
  await addStatement(pool, {
    ...place,
    id: `st-${id}`,
    kind: 'holding',
    language: 'en',
    state: 'draft',
    version: 1,
    facts: { meanwhile: text },
    text,
    writtenBy: 'mira',
    approvedBy: null,
    createdAt: NOW,
    updatedAt: NOW,
    publications: [],
  })
  const post = { kind: 'post' as const, source: 'support', text, observedAt: NOW, eventTime: NOW }
  const mention = {
    ...post,
    id: `${id}-0`,
    op: 'create' as const,
    rev: '1',
    url: HOSTILE_LINKS[0]!,
    author: { id: 'a', handle: text.slice(0, 200) },
  }
  await upsertMentions(pool, [
    { brand: 'acme', complaint: 0.9, lang: 'en', clusterId: issue.clusterId, issueId: id, mention },
  ])
  await saveSuppressed(pool, [
    {
      id: `near-${id}`,
      brand: 'acme',
      at: NOW,
      since: NOW,
      reason: 'chance',
      rule: 'scan',
      issueType: null,
      label: text,
      terms: [text],
      windowMs: 1_800_000,
      observed: 5,
      expected: 0.4,
      needed: 7,
      tailProbability: 6e-5,
      mentions: 6,
      first: { source: 'support', at: NOW },
      issueId: null,
      reasons: [text, text],
    },
  ])
  const source = { source: `source-${at}`, connector: 'push' }
  const taken = await takeSource(pool, { ...source, owner: 'test', leaseMs: 1 })
  await reportSource(pool, {
    ...source,
    epoch: taken!.epoch,
    state: 'blind',
    reason: text,
    sourceTimeMs: NOW,
    lastEventAtMs: NOW,
  })
}

describe.skipIf(launch === null)('hostile posts in the console', () => {
  let api: RunningApi
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const faults: string[] = []

  beforeAll(async () => {
    api = await runningApi()
    for (const [at, { text }] of HOSTILE_POSTS.entries()) await storeHostile(api, text, at)
    browser = await chromium.launch(launch!)
  })
  afterAll(async () => {
    await browser?.close()
    await api?.stop()
  })
  beforeEach(async () => {
    context = await browser.newContext({ viewport: WIDE })
    page = await context.newPage()
    page.setDefaultTimeout(20_000)
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('dialog', (dialog) => {
      faults.push(`a dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    // Also what the policy of the page had to stop.
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
    page.on('request', (request) => request.url().startsWith(api.url) || faults.push(`asked for ${request.url()}`))
    page.on('popup', (popup) => faults.push(`opened ${popup.url()}`))
    await page.goto(await api.service.consoleLink())
    await page.locator('#issues strong').first().waitFor()
  })
  afterEach(async () => {
    await context?.close()
    const seen = faults.splice(0)
    if (seen.length > 0) throw new Error(seen.join('\n'))
  })

  const textOf = async (where: string) =>
    (await page.locator(where).allTextContents()).join('\n').replaceAll(/\s+/g, ' ')
  const harmless = async (): Promise<void> => {
    for (const viewport of [WIDE, PHONE]) {
      await page.setViewportSize(viewport)
      // Charts take a moment to their new size.
      await eventually(async () => expect(await page.evaluate<string[]>(HARM_IN_PAGE)).toEqual([]), 5_000)
    }
  }

  test.each(HOSTILE_POSTS.map((post, at) => ({ ...post, at })))(
    '$kind: text on every place of an issue',
    async ({ shown, at }) => {
      const seen = shown.replaceAll(/\s+/g, ' ')
      await page.goto(`${api.url}/#/issues/${issueId(at)}`)
      await page.locator('blockquote').first().waitFor()
      await page.getByRole('heading', { name: 'What happened' }).waitFor()
      await page.locator('.timeline li', { hasText: 'Note' }).waitFor()
      await page.locator('.said blockquote').first().waitFor()
      for (const where of ['.title', '.posts', '.timeline', '.said', '.reasons'])
        expect(await textOf(where)).toContain(seen)
      expect(await page.locator('.posts a').evaluateAll(HREFS)).toEqual(['https://xn--80ak6aa92e.example/post'])
      await harmless()
    },
  )

  test.each(HOSTILE_POSTS.map((post, at) => ({ ...post, at })))(
    '$kind: the text as data of JSON',
    async ({ text, at }) => {
      const answer = await api.ask(`/issues/${issueId(at)}`, TOKENS.admin)
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
      expect(await answer.json()).toMatchObject({ label: text.toWellFormed(), reasons: [text.toWellFormed()] })
    },
  )

  test.each(HOSTILE_POSTS.map((post, at) => ({ ...post, at })))(
    '$kind: text in the report, also where it is kept and opened',
    async ({ shown, at }) => {
      const answer = await api.ask(`/issues/${issueId(at)}/report?format=html`, TOKENS.admin)
      expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
      const body = await answer.text()
      const kept = `${api.url}/kept-report`
      await page.route(kept, (route) => route.fulfill({ contentType: 'text/html', body }))
      await page.goto(kept)
      expect(solid(await textOf('main'))).toContain(solid(shown.slice(0, 40)))
      await harmless()
    },
  )

  test('none is a formula in a table of issues or of complaints', async () => {
    const tables = ['/issues.csv', ...HOSTILE_POSTS.map((_, at) => `/issues/${issueId(at)}/complaints.csv`)]
    const read = await Promise.all(tables.map(async (path) => (await api.ask(path, TOKENS.admin)).text()))
    const cells = read.flatMap(
      (csv) => csv.replace('\ufeff', '').match(/(?<=^|,|\r\n)(?:"(?:[^"]|"")*"|[^",\r\n]*)/g) ?? [],
    )
    expect(cells.filter((cell) => cell.includes('HYPERLINK')).length).toBeGreaterThan(1)
    expect(cells.filter((cell) => /^"?\s*[=+@-](?!\d+(\.\d+)?"?$)/.test(cell))).toEqual([])
  })

  test('all of them, on every page of the console', async () => {
    const pages = await page.locator('.pages-nav a').evaluateAll(HREFS)
    for (const address of ['', ...pages].map((each) => each || `${api.url}/#/`)) {
      await page.goto(address)
      await page.waitForLoadState('networkidle')
      await harmless()
    }
    await page.goto(`${api.url}/#/`)
    await page.locator('#issues strong').first().waitFor()
    const now = await textOf('main')
    expect(HOSTILE_POSTS.filter(({ shown }) => !now.includes(shown.replaceAll(/\s+/g, ' ')))).toEqual([])
  })
})
