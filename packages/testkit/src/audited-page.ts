import axe from 'axe-core'
import type { Page } from 'playwright-core'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
type AxeResults = { violations: { id: string; nodes: { html: string }[] }[] }

/** What axe finds on the page as it is. It runs outside of the page's policy, as an auditor's extension does. */
export const violations = async (page: Page): Promise<string[]> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Page.setBypassCSP', { enabled: true })
  await page.evaluate(`${axe.source}; undefined`)
  const found = await page.evaluate<AxeResults>(`axe.run(document, { runOnly: ${JSON.stringify(TAGS)} })`)
  // Its session stays until the page is closed: the end of one tells a page that is offline that it is online.
  await session.send('Page.setBypassCSP', { enabled: false })
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

/**
 * What is wrong for people with the page as it is, in light and dark, on a desktop and a phone: violations of WCAG 2.2 A
 * and AA that axe finds, and what is wider than the screen. The page is left as it was; `shot` is told of each look.
 */
export const auditPage = async (
  page: Page,
  shot: (look: string) => Promise<unknown> = async () => undefined,
): Promise<string[]> => {
  const before = page.viewportSize()
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1280, 360]) {
      const look = `${colorScheme}-${width}`
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 900 })
      found.push(...(await violations(page)).map((violation) => `${look} ${violation}`))
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
      if (overflow > 0) found.push(`${look}: ${overflow} px are cut off`)
      await shot(look)
    }
  await page.emulateMedia({ colorScheme: null })
  if (before) await page.setViewportSize(before)
  return found
}
