import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MINUTE_MS } from '@outcry/contracts'
import { appendIssueEvents } from '@outcry/store'
import { chromiumLaunch, createTestDatabase } from '@outcry/testkit'
import { chromium } from 'playwright-core'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { askOutcry } from '../test/asked-outcry.ts'
import { calmIssue } from '../test/calm-issue.ts'
import { startHackerNews } from '../test/local-platforms.ts'
import { PUSH_SECRET } from '../test/push-client.ts'
import { scratch } from '../test/run-command.ts'
import { startOutcry } from '../test/started-outcry.ts'
import { receiveWebhooks } from '../test/webhook-receiver.ts'

const launch = chromiumLaunch()
const SOON = { timeout: 60_000, interval: 250 }
/** Not until the calm is over can anything be resolved by it. */
const AFTER_THE_CALM = { timeout: 2 * MINUTE_MS, interval: 500 }
const BLIND = 'outcry_source_state{source="hackernews",state="blind"}'

/** The console as somebody has it open on the wall. */
const openConsole = async (link: string) => {
  const browser = await chromium.launch(launch!)
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  await page.goto(link)
  await page.locator('#estate', { hasText: 'hackernews' }).waitFor()
  return { estate: () => page.locator('#estate').textContent(), issues: () => page.locator('#issues').textContent() }
}

describe.skipIf(launch === null)('a platform that does not answer (needs a browser)', () => {
  it('is shown as blind within a minute, pages once, is not taken for calm, and is over when it answers again', async () => {
    const database = await createTestDatabase({ empty: true })
    onTestFinished(() => database.drop())
    const cwd = scratch()
    const hackerNews = await startHackerNews()
    const secret = `whsec_${randomBytes(32).toString('base64')}`
    const { url, received } = await receiveWebhooks(secret)
    const config = {
      brands: ['acme', 'globex'].map((id) => ({ id, terms: [id] })),
      sources: [
        { ...hackerNews.source, blindAfterMs: 30_000 },
        { connector: 'push', name: 'shop', secret: PUSH_SECRET },
      ],
      targets: [{ name: 'hook', format: 'standard', url, secret, pagesOnly: true, allowPrivate: ['127.0.0.1'] }],
      alerting: { blindPageAfterMs: 1_000 },
      detection: { resolveAfterCalmMs: MINUTE_MS },
    }
    // JSON is YAML.
    writeFileSync(join(cwd, 'outcry.yaml'), JSON.stringify(config))
    const outcry = startOutcry(cwd, ['--no-demo'], { DATABASE_URL: database.url })
    await outcry.printed('Ctrl-C stops')
    const { sources, metric, issues } = askOutcry(outcry, cwd)
    const stateOf = async (name: string) => (await sources()).get(name)?.state
    await vi.waitFor(
      async () => expect([await stateOf('hackernews'), await stateOf('shop')]).toEqual(['live', 'live']),
      SOON,
    )
    const alarms = () =>
      received.flatMap(({ body: { data } }) => (data['source'] === 'hackernews' ? [data['kind']] : []))
    const wall = await openConsole(/console\s+(http:\S+)/i.exec(outcry.output())![1]!)
    await vi.waitFor(async () => expect(await wall.issues()).toContain('Nothing is on fire'), SOON)

    hackerNews.setDark(true)
    await vi.waitFor(async () => {
      expect((await sources()).get('hackernews')).toMatchObject({ state: 'blind', reason: expect.stringMatching(/\S/) })
      expect(await metric(BLIND)).toBe(1)
      expect(await wall.estate()).toContain('✕ Blind hackernews')
      expect(await wall.issues()).toContain('Silence is not calm: hackernews cannot be seen at the moment.')
      expect(alarms()).toEqual(['opened'])
    }, SOON)

    await database.pool.transaction((tx) =>
      appendIssueEvents(tx, [...calmIssue('acme', 'hackernews'), ...calmIssue('globex', 'shop')]),
    )
    // The other one, whose source lives, shows that the time for it has come.
    await vi.waitFor(async () => {
      const now = new Map((await issues()).map(({ brand, state }) => [brand, state]))
      expect([now.get('globex'), now.get('acme')]).toEqual(['resolved', 'open'])
    }, AFTER_THE_CALM)

    hackerNews.setDark(false)
    await vi.waitFor(async () => {
      expect(await stateOf('hackernews')).toBe('live')
      expect(await metric(BLIND)).toBe(0)
      expect(await wall.estate()).not.toContain('Blind')
      expect(alarms()).toEqual(['opened', 'resolved'])
    }, SOON)
  }, 400_000)
})
