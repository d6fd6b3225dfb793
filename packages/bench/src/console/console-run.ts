import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { SqlPool } from '@outcry/contracts'
import { chromiumLaunch } from '@outcry/testkit'
import { type Browser, chromium, type Page } from 'playwright-core'
import { createRunDatabase, type Ground, openGround, withRun } from '../chaos/ground.ts'
import { createFleet } from '../chaos/process-fleet.ts'
import { until } from '../chaos/until.ts'
import { readApiMetrics } from '../feed/api-metrics.ts'
import { freePort } from '../free-port.ts'
import { BRAND, fillDesk, issueIdOf, updateDesk } from './made-desk.ts'
import { heapMib, type MainThread, traced } from './main-thread.ts'

export type ConsoleRunOptions = {
  issues: number
  complaints: number
  updatesPerSecond: number
  seconds: number
  /** In how many seconds an hour of updates is told; 0 leaves it out. */
  hourSeconds: number
  say: (line: string) => void
}

/** First views of a page: from asking for its address to its content, each in a new browser, and what main threads did. */
export type View = { name: string; wallMs: readonly number[]; threads: readonly MainThread[] }
export type ConsoleRun = {
  views: readonly View[]
  /** With the updates at their pace, by page. */
  live: readonly { name: string; updates: number; thread: MainThread }[]
  /** While the complaints of the issue are scrolled through to the last. */
  scroll: MainThread | null
  /** JavaScript's heap after a collection, before and after each quarter of the hour, MiB. */
  heapMib: readonly number[]
}

const PATIENCE_MS = 120_000
const STEP_MS = 100
const HOUR_SECONDS = 3_600
const QUARTERS = 4
const VIEWS = 5

export const runConsole = async (options: ConsoleRunOptions): Promise<ConsoleRun> => {
  const launch = chromiumLaunch()
  if (launch === null) throw new Error('No Chromium is here')
  const ground = await openGround({ driver: 'postgres', brands: [BRAND], smallDisks: false })
  const browser = await chromium.launch(launch)
  try {
    return await onGround(ground, browser, options)
  } finally {
    await browser.close()
    await ground.close()
  }
}

/** A place for one API process: its database, its address, and a token to sign in with. */
const prepare = async (ground: Ground) => {
  const place = { database: 'console', topicPrefix: 'console.' }
  await createRunDatabase(ground, place.database)
  const folder = join(ground.folder, place.database)
  mkdirSync(folder)
  const port = await freePort()
  const token = randomBytes(24).toString('hex')
  const config = {
    brands: [{ id: BRAND, terms: [BRAND] }],
    api: { port, tokens: [{ name: 'bench', token, role: 'responder' }] },
    log: { level: 'warn', format: 'json' },
  }
  // JSON is YAML.
  writeFileSync(join(folder, 'outcry.yaml'), JSON.stringify(config))
  const fleet = createFleet({
    folder,
    env: { DATABASE_URL: ground.postgres.urlOf(place.database) },
    members: [{ name: 'api', only: ['api'] }],
  })
  ground.fleets.add(fleet)
  return { place, token, url: `http://127.0.0.1:${port}` }
}

/** A browser that is signed in and has shown nothing yet. */
const signedIn = async (browser: Browser, url: string, token: string): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 900 } })
  const answer = await context.request.post(`${url}/api/v1/session`, { headers: { authorization: `Bearer ${token}` } })
  if (!answer.ok()) throw new Error(`No session: ${answer.status()} ${await answer.text()}`)
  return context.newPage()
}

const onGround = async (ground: Ground, browser: Browser, options: ConsoleRunOptions): Promise<ConsoleRun> => {
  const { place, token, url } = await prepare(ground)
  await until('the API answers', PATIENCE_MS, async () => readApiMetrics(url, token))
  return withRun(ground, place, async ({ pool }) => {
    await fillDesk(pool, options.issues, options.complaints, Date.now())
    options.say(`${options.issues} issues, ${options.complaints} complaints of one of them`)
    const views = await viewsOf(browser, url, token)
    const page = await signedIn(browser, url, token)
    const live: ConsoleRun['live'][number][] = []
    let scroll: MainThread | null = null
    for (const { name, address, shows } of PAGES) {
      await page.goto(`${url}${address}`)
      await page.locator(shows).first().waitFor()
      if (name === ISSUE_PAGE) scroll = await traced(browser, page, () => toLastComplaint(page))
      const updates = options.updatesPerSecond * options.seconds
      const thread = await traced(browser, page, () => tell(pool, options, updates, options.seconds))
      live.push({ name, updates, thread })
    }
    return { views, live, scroll, heapMib: options.hourSeconds > 0 ? await hourOf(pool, page, url, options) : [] }
  })
}

const ISSUE_PAGE = 'Issue'
const PAGES = [
  { name: 'Now', address: '/#/', shows: '#issues .card' },
  { name: ISSUE_PAGE, address: `/#/issues/${issueIdOf(0)}`, shows: '.complaint' },
]

const viewsOf = async (browser: Browser, url: string, token: string): Promise<View[]> => {
  const views: View[] = []
  // The ceiling: what the browser needs to show anything of this server.
  for (const { name, address, shows } of [{ name: 'an empty page', address: '/healthz', shows: 'body' }, ...PAGES]) {
    const wallMs: number[] = []
    const threads: MainThread[] = []
    for (let view = 0; view < VIEWS; view += 1) {
      const page = await signedIn(browser, url, token)
      await markWhenShown(page, shows)
      const thread = await traced(browser, page, async () => {
        await page.goto(`${url}${address}`, { waitUntil: 'commit' })
        await page.locator(shows).first().waitFor()
      })
      wallMs.push(await page.evaluate<number>('globalThis.shownAt'))
      threads.push(thread)
      await page.context().close()
    }
    views.push({ name, wallMs, threads })
  }
  return views
}

/** Marks the frame that shows it, ms since its address was asked for: a locator looks again only after up to half a second. */
const markWhenShown = async (page: Page, selector: string): Promise<unknown> =>
  page.addInitScript(`
    const look = () =>
      document.querySelector('${selector}')?.checkVisibility()
        ? (globalThis.shownAt = performance.now())
        : requestAnimationFrame(look)
    look()
  `)

/** Scrolls until nothing more is read: every complaint is in the list then. */
const toLastComplaint = async (page: Page): Promise<void> => {
  const more = page.getByRole('button', { name: 'Show more complaints' })
  // The first few stand alone until somebody asks for the rest.
  await more.click()
  while ((await more.count()) > 0) {
    await more.scrollIntoViewIfNeeded().catch(() => undefined)
    await pause(STEP_MS)
  }
}

let told = 1_000_000

/** Tells so many updates at an even pace. */
const tell = async (pool: SqlPool, { issues }: ConsoleRunOptions, updates: number, seconds: number): Promise<void> => {
  const begun = performance.now()
  for (let done = 0; done < updates;) {
    const due = Math.min(updates, Math.ceil(((performance.now() - begun) / 1_000 / seconds) * updates))
    const numbers = Array.from({ length: due - done }, () => (told += 1))
    if (numbers.length > 0) await updateDesk(pool, numbers, issues, Date.now())
    done = due
    await pause(STEP_MS)
  }
}

/** An hour of updates while the list is open, and what the page holds before and after each quarter. */
const hourOf = async (pool: SqlPool, page: Page, url: string, options: ConsoleRunOptions): Promise<number[]> => {
  await page.goto(`${url}/#/`)
  await page.locator('#issues .card').first().waitFor()
  const held = [await heapMib(page)]
  const updates = (options.updatesPerSecond * HOUR_SECONDS) / QUARTERS
  for (let quarter = 0; quarter < QUARTERS; quarter += 1) {
    await tell(pool, options, updates, options.hourSeconds / QUARTERS)
    held.push(await heapMib(page))
  }
  return held
}
