import { chromiumLaunch } from '@outcry/testkit'
import { violations } from '@outcry/testkit/audited-page'
import { chromium, type Browser } from 'playwright-core'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { type RunningApi, runningApi } from './running-api.ts'

/** How the machine's Chromium is started; null where there is none. */
export const launch = chromiumLaunch()
const SHOTS = process.env['OUTCRY_TEST_SHOTS']
/** The ways in which people look at the console. */
export const LOOKS = [
  { scheme: 'light' as const, width: 1280 },
  { scheme: 'dark' as const, width: 1280 },
  { scheme: 'light' as const, width: 360 },
  { scheme: 'dark' as const, width: 360 },
]

/** What a page of the console may write as an error: that the API refused, or that it could not be reached. */
const refusedOrAway = (text: string, url: string): boolean =>
  (url.includes('/api/v1/') && /status of 40[0149]|ERR_/.test(text)) || /ERR_INTERNET_DISCONNECTED/.test(text)
/** For pages that find everything they ask for: only that nobody is signed in, or that somebody else was first. */
export const signedOutOrLate = (text: string): boolean => /status of 40[19]/.test(text)

type Options = Parameters<Browser['newContext']>[0]

/**
 * For the tests of a block: an API with an empty database, and its console in a browser. The API is there from the
 * first hook after this on. What goes wrong in a page that is opened fails its test, except for errors `mayWrite` allows.
 */
export const runningConsole = (mayWrite: (text: string, url: string) => boolean = refusedOrAway) => {
  const api = {} as RunningApi
  let started: RunningApi | undefined
  let browser: Browser | undefined
  beforeAll(async () => {
    started = await runningApi()
    Object.assign(api, started)
    browser = await chromium.launch(launch!)
  })
  afterAll(async () => {
    await browser?.close()
    await started?.stop()
  })

  /** One page of the console, with nothing stored in its browser, until its test is over. */
  const openConsole = async (link: string, options: Options = {}) => {
    const context = await browser!.newContext({ viewport: { width: 1280, height: 900 }, ...options })
    const faults: string[] = []
    onTestFinished(async () => {
      await context.close()
      if (faults.length > 0) throw new Error(faults.join('\n'))
    })
    const page = await context.newPage()
    const { origin } = new URL(link)
    page.setDefaultTimeout(10_000)
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !mayWrite(message.text(), message.location().url)) faults.push(message.text())
    })
    page.on('request', (request) => {
      if (!request.url().startsWith(origin)) faults.push(`asked for ${request.url()}`)
    })
    await page.goto(link)

    const shot = async (name: string) => SHOTS && page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
    /** How much wider the page is than the screen, px. */
    const overflow = async () => page.evaluate<number>('Math.max(0, document.documentElement.scrollWidth - innerWidth)')
    return { page, context, shot, violations: async () => violations(page), overflow }
  }
  return { api, openConsole }
}
