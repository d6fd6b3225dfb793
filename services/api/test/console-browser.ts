import { chromiumLaunch } from '@outcry/testkit'
import { violations } from '@outcry/testkit/audited-page'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

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

type Options = Parameters<Browser['newContext']>[0]

/** One page of the console in a browser of its own, with what went wrong in it. */
export const openConsole = async (link: string, options: Options = {}) => {
  const browser = await chromium.launch(launch!)
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page: Page = await context.newPage()
  const faults: string[] = []
  const { origin } = new URL(link)
  page.setDefaultTimeout(10_000)
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    const refused = message.location().url.includes('/api/v1/') && /status of 40[0149]|ERR_/.test(message.text())
    if (message.type() === 'error' && !refused && !/ERR_INTERNET_DISCONNECTED/.test(message.text()))
      faults.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) faults.push(`asked for ${request.url()}`)
  })
  await page.goto(link)

  const shot = async (name: string) => SHOTS && page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
  /** How much wider the page is than the screen, px. */
  const overflow = async () => page.evaluate<number>('Math.max(0, document.documentElement.scrollWidth - innerWidth)')
  /** Ends the browser; what went wrong in the page is an error. */
  const close = async (): Promise<void> => {
    await browser.close()
    if (faults.length > 0) throw new Error(faults.join('\n'))
  }
  return { page, context, shot, violations: async () => violations(page), overflow, close }
}
