import { appendTimeline } from '@outcry/store'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { alertOf, burningDay, issueOf, storeAlert, storeIssue } from '../test/burning-day.ts'
import { launch, LOOKS, runningConsole, signedOutOrLate } from '../test/console-browser.ts'
import { ADMIN_TOKEN, TOKENS, runningApi } from '../test/running-api.ts'

const NOW = Date.now()

describe.skipIf(launch === null)('the console in a browser', () => {
  const { api, openConsole } = runningConsole(signedOutOrLate)
  beforeAll(() => burningDay(api.pool, NOW))
  let shown: Awaited<ReturnType<typeof openConsole>>
  let page: Page
  const open = async (...how: Parameters<typeof openConsole>) => {
    shown = await openConsole(...how)
    page = shown.page
  }

  test('opens by the one-time link and puts what burns first', async () => {
    await open(await api.service.consoleLink())
    await page.getByText('checkout hangs after paying').first().waitFor()
    const labels = await page.locator('#issues > ul:not(h3 + ul) strong').allTextContents()
    expect(labels).toEqual([
      'checkout hangs after paying',
      'refund never arrives',
      'app crashes at login',
      'discount code refused',
    ])
    expect(await page.locator('#issues h3 + ul strong').allTextContents()).toEqual(['parcel tracking is down'])
    expect(await page.locator('.card', { hasText: 'discount' }).textContent()).toContain('Drill, not real')
    expect(await page.locator('#estate').textContent()).toContain('✕ Blind')
    await shown.shot('list')
  })

  test('keeps what was held apart, easy to find, and says why and what pages cost', async () => {
    await open(await api.service.consoleLink())
    await page.getByRole('link', { name: '1 more held' }).click()
    const heading = page.getByRole('heading', { name: 'Held, nobody was paged (1)' })
    await heading.waitFor()
    expect(await heading.evaluate((element) => element.getBoundingClientRect().top >= 0)).toBe(true)
    expect(await page.locator('#issues .held .card').allTextContents()).toEqual([
      expect.stringContaining(
        'Held: 1 of 3 pages this week is left and kept for graver or surer issues; this one pages if it becomes major.',
      ),
    ])
    const pages = page.locator('#estate .pages li').first()
    const text = (await pages.textContent()) ?? ''
    for (const part of [
      'Acme: 2 of 3 used in 7 days',
      'A major issue pages now, an incident only where it is sure enough',
      '2, 0, 0, 0 in the last 4 weeks',
      'People closed 1 paged issue and dismissed 0: 100 % were right',
      '1 issue is held.',
    ])
      expect(text).toContain(part)
    await page.locator('#issues .held .card').click()
    await page.locator('#detail .why', { hasText: 'Held, nobody was paged: 1 of 3 pages this week is left' }).waitFor()
    await shown.shot('held')
  })

  test('tells what nearly alerted and what would have changed it', async () => {
    await open(await api.service.consoleLink())
    const nearly = page.locator('#nearly li').first()
    await nearly.getByText('voucher <b>refused</b>').waitFor()
    expect(await nearly.textContent()).toContain('the odds are 1 in 16,000')
    await nearly.getByText('5 people in 30 min, 0.4 expected').click()
    await nearly.getByText('With 7 people it would have opened.').waitFor()
    expect(await shown.violations()).toEqual([])
    await shown.shot('nearly')
  })

  test('shows the evidence; text of posts stays text and only http links are links', async () => {
    await open(await api.service.consoleLink())
    await page.locator('.card', { hasText: 'checkout' }).click()
    const detail = page.locator('#detail')
    await detail.getByRole('heading', { level: 2, name: 'checkout hangs after paying' }).waitFor()
    const text = (await detail.textContent()) ?? ''
    for (const part of [
      '64 people in 1 h where 3.8 would be expected',
      'a crisis always pages',
      '14 first-hand, 2 hearsay',
      'On support6, 3 h late',
      '<img src=x onerror',
    ])
      expect(text).toContain(part)
    const links = await detail
      .locator('.post a')
      .evaluateAll((all) => all.map((a) => [a.getAttribute('href'), a.getAttribute('rel')]))
    expect(links).toEqual([['https://posts.example/1', 'noopener noreferrer nofollow']])
    expect(await detail.locator('img').count()).toBe(0)
    expect(await detail.locator('.chart canvas').count()).toBe(1)
    expect(await detail.locator('.chart tbody tr').count()).toBe(36)
    // The newest bar is the highest, and alone reaches the top.
    const inked = await page.evaluate<number>(`(() => {
      const canvas = document.querySelector('.chart canvas')
      const [x, y, wide, high] = [0.8, 0.09, 0.17, 0.02]
      const { width, height } = canvas
      const part = canvas.getContext('2d').getImageData(x * width, y * height, wide * width, high * height)
      return part.data.filter((value, place) => place % 4 === 3 && value > 0).length
    })()`)
    expect(inked).toBeGreaterThan(20)
    await shown.shot('detail')
  })

  test.each(LOOKS)(
    'has no accessibility violation in $scheme at $width px, and nothing is cut off',
    async ({ scheme, width }) => {
      await open(await api.service.consoleLink(), { colorScheme: scheme, viewport: { width, height: 800 } })
      await page.getByText('checkout hangs after paying').first().waitFor()
      expect(await shown.violations()).toEqual([])
      await shown.shot(`list-${scheme}-${width}`)
      await page.locator('.card', { hasText: 'checkout' }).click()
      await page.locator('#detail figure').waitFor()
      expect(await shown.violations()).toEqual([])
      expect(await shown.overflow()).toBe(0)
      await shown.shot(`detail-${scheme}-${width}`)
      await page.getByRole('button', { name: 'Dismiss…' }).click()
      await page.getByRole('dialog').waitFor()
      expect(await shown.violations()).toEqual([])
      await shown.shot(`dialog-${scheme}-${width}`)
    },
  )

  test('is usable by keyboard alone: choose, acknowledge, and the focus stays', async () => {
    await storeIssue(
      api.pool,
      issueOf({ id: 'iss-k', brand: 'acme', label: 'keyboard', severity: 'crisis', ageMs: 1, people: 99 }, NOW),
    )
    await open(await api.service.consoleLink())
    await page.locator('.card', { hasText: 'keyboard' }).waitFor()
    for (let n = 0; n < 30; n++) {
      await page.keyboard.press('Tab')
      if (await page.evaluate<boolean>(`document.activeElement.textContent.includes('keyboard')`)) break
    }
    await page.keyboard.press('Enter')
    await page.locator('#detail', { hasText: 'keyboard' }).waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Acknowledge')
    await page.keyboard.press('Enter')
    await page.locator('#detail', { hasText: 'acknowledged by admin' }).waitFor()
  })

  test('leads by key and link to the parts of an issue, what is to be done before what was seen', async () => {
    await open(await api.service.consoleLink())
    await page.locator('.card', { hasText: 'checkout' }).click()
    await page.getByRole('heading', { name: 'checkout hangs after paying' }).waitFor()
    const parts = page.getByRole('navigation', { name: 'Parts of the issue' })
    await parts.waitFor()
    await page.locator('#part-complaints h2').waitFor()
    const named = await parts.getByRole('link').allTextContents()
    const headings = await page.locator('#detail h2:not(.title)').allTextContents()
    expect(headings.filter((heading) => named.includes(heading))).toEqual(named)
    expect(named.indexOf('What we say')).toBeLessThan(named.indexOf('Complaints'))
    expect(named.indexOf('Complaints')).toBeLessThan(named.indexOf('Why this is an issue'))
    await page.keyboard.press('l')
    await page.locator('.parts a:focus', { hasText: named[0]! }).waitFor()
    await parts.getByRole('link', { name: 'What happened' }).press('Enter')
    await page.locator('#part-timeline:focus').waitFor()
    expect(await page.evaluate('location.hash')).toBe('#/issues/iss-checkout/timeline')
    expect(
      await page.locator('#part-timeline h2').evaluate((heading) => heading.getBoundingClientRect().top),
    ).toBeLessThan(900)
    await page.keyboard.press('l')
    await parts.getByRole('link', { name: 'What happened' }).press('Enter')
    await page.locator('#part-timeline:focus').waitFor()
    await page.reload()
    await page.locator('#part-timeline:focus').waitFor()
  })

  test('resolves and dismisses through a dialog that asks for the reason', async () => {
    await storeIssue(
      api.pool,
      issueOf({ id: 'iss-d', brand: 'acme', label: 'a meme', severity: 'incident', ageMs: 1, people: 9 }, NOW, {
        held: [{ target: 'chat', alertId: 'al-d', since: NOW, until: NOW + 3_600_000, reason: 'held: quiet hours' }],
      }),
    )
    const sent = { id: 'tl-d', issueId: 'iss-d', brand: 'acme', atMs: NOW, kind: 'delivered', actor: 'alerter' }
    await appendTimeline(api.pool, [{ ...sent, body: { target: 'on-call', attempts: 1 } }])
    await open(await api.service.consoleLink())
    await page.locator('.card', { hasText: 'a meme' }).click()
    await page.locator('#detail .tag', { hasText: /^chat waits until \d\d:\d\d/ }).waitFor()
    await page.locator('.timeline', { hasText: 'Delivered to on-call' }).waitFor()
    await page.getByRole('button', { name: 'Dismiss…' }).click()
    await page.getByLabel('Reason').fill('it is a meme')
    await page.getByRole('button', { name: 'Dismiss', exact: true }).click()
    await page.locator('#detail .tag', { hasText: 'dismissed' }).waitFor()
    await page.locator('.timeline', { hasText: 'it is a meme' }).waitFor()
    expect(await page.getByRole('button', { name: 'Resolve' }).count()).toBe(0)
  })

  test('hears of a new issue at once, says so to screen readers, and waits while paused', async () => {
    await open(await api.service.consoleLink())
    await page.locator('#live', { hasText: 'Live' }).waitFor()
    const first = issueOf(
      { id: 'iss-n1', brand: 'acme', label: 'login loops', severity: 'crisis', ageMs: 1, people: 70 },
      NOW,
    )
    await storeIssue(api.pool, first)
    await storeAlert(api.pool, alertOf(first, 'al-n1'))
    await page.locator('.card', { hasText: 'login loops' }).waitFor()
    expect(await page.locator('#news').textContent()).toBe('crisis opened: login loops, acme')
    await page.getByRole('button', { name: 'Pause updates' }).click()
    const second = issueOf(
      { id: 'iss-n2', brand: 'acme', label: 'app is slow', severity: 'major', ageMs: 1, people: 30 },
      NOW,
    )
    await storeIssue(api.pool, second)
    await storeAlert(api.pool, alertOf(second, 'al-n2'))
    await page.locator('#live', { hasText: '1 update waiting' }).waitFor()
    expect(await page.locator('.card', { hasText: 'app is slow' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Resume updates' }).click()
    await page.locator('.card', { hasText: 'app is slow' }).waitFor()
  })

  test('asks for a token without a session, refuses a wrong one, and shows a viewer no buttons', async () => {
    await open(`${api.url}/#/issues/iss-checkout`)
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.getByLabel('Token').fill('wrong-token-wrong-token-wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').filter({ hasText: 'token is not known' }).waitFor()
    await shown.shot('sign-in')
    await page.getByLabel('Token').fill(TOKENS.acme)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.locator('#detail', { hasText: 'checkout hangs after paying' }).waitFor()
    expect(await page.getByRole('button', { name: 'Acknowledge' }).count()).toBe(0)
    expect(await page.locator('.card', { hasText: 'app crashes' }).count()).toBe(0)
  })

  const signIn = async (token: string) => {
    await page.getByLabel('Token').fill(token)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
  const post = async (path: string, token: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await api.ask(path, token, { method: 'POST', headers, body: JSON.stringify(body) })
    expect([200, 201]).toContain(answer.status)
    return (await answer.json()) as { id: string }
  }
  const issueToAnswer = async (id: string, label: string) =>
    storeIssue(api.pool, issueOf({ id, brand: 'acme', label, severity: 'incident', ageMs: 1, people: 5 }, NOW))
  const statement = (text: string) => page.locator('#detail .statement', { hasText: text })
  const publish = async (text: string, channel: string, link: string) => {
    await statement(text)
      .getByRole('button', { name: /^Published/ })
      .click()
    if (channel !== '') await page.getByLabel('Channel').fill(channel)
    await page.getByLabel('Link to the post, if any').fill(link)
    await page.getByRole('button', { name: 'Record it' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.locator('button:focus', { hasText: 'Published elsewhere too…' }).waitFor()
  }
  const changeHands = async (token: string, label: string) => {
    await page.getByRole('link', { name: 'Account', exact: true }).click()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await signIn(token)
    await page.locator('.card', { hasText: label }).click()
    await page.getByRole('heading', { level: 2, name: label }).waitFor()
  }

  test('leads from an open issue over the holding statement to the thank-you on each channel', async () => {
    const label = 'tickets are not shown'
    await issueToAnswer('iss-said', label)
    await open(`${api.url}/#/issues/iss-said`)
    await signIn(TOKENS.mira)
    await page.getByRole('button', { name: 'Draft a statement…' }).click()
    await page.getByLabel('Who is affected').fill('People with a <b>ticket</b>')
    await page.getByRole('button', { name: 'Draft', exact: true }).click()
    const editor = page.getByRole('dialog')
    await editor.getByText('neither when it will be fixed nor when there will be news').waitFor()
    const inAnHour = new Date(NOW + 3_600_000 - new Date().getTimezoneOffset() * 60_000)
    await page.getByLabel('Fixed by').fill(inAnHour.toISOString().slice(0, 16))
    await page.getByRole('button', { name: 'Draft anew from the facts' }).click()
    await editor.getByText('Saved as version 2').waitFor()
    await editor.getByText('You wrote it: somebody else must approve it.').waitFor()
    const text = page.getByLabel('Text, as it will be said')
    const drafted = await text.inputValue()
    expect(drafted).toContain('<b>ticket</b>')
    await text.fill(`${drafted} You should have waited.`)
    await page.getByRole('button', { name: 'Save and check' }).click()
    await editor.getByText('blames somebody. Say what happened').waitFor()
    await shown.shot('statement-editor')
    await text.fill(drafted)
    await page.getByRole('button', { name: 'Save and check' }).click()
    await editor.getByText('Saved as version 4').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    expect(await statement('Holding').locator('b').count()).toBe(0)

    await statement('Holding').getByText('You wrote it: somebody else must approve it.').waitFor()
    expect(await statement('Holding').getByRole('button', { name: 'Approve' }).count()).toBe(0)
    await changeHands(ADMIN_TOKEN, label)
    await statement('Holding').getByText('Nothing keeps it from being approved.').waitFor()
    await statement('Holding').getByRole('button', { name: 'Approve' }).click()
    await statement('◐ Approved').waitFor()
    await page.locator('button:focus', { hasText: 'Published…' }).waitFor()
    await publish('Holding', 'x', 'https://x.example/1')
    await page.locator('#detail .tags', { hasText: 'announced' }).first().waitFor()
    await publish('Holding', 'status page', '')
    await page.getByText('The thank-you is owed on: x, status page').waitFor()

    await page.getByRole('button', { name: 'Resolve' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click()
    await page.locator('#detail .tag', { hasText: 'resolved' }).waitFor()
    await page.getByRole('button', { name: 'Draft a statement…' }).click()
    expect(await page.getByLabel('Kind').inputValue()).toBe('closing')
    await page.getByRole('button', { name: 'Draft', exact: true }).click()
    await page.getByRole('button', { name: 'Close' }).click()
    await changeHands(TOKENS.mira, label)
    await statement('Closing').getByRole('button', { name: 'Approve' }).click()
    await publish('Closing', '', '')
    await page.getByText('The thank-you is owed on: status page').waitFor()
    await publish('Closing', '', '')
    await page.getByText('The thank-you is owed on').waitFor({ state: 'detached' })
    expect(await statement('Closing').textContent()).toMatch(/On x, .*by mira.*On status page, .*by mira/)
    await page.locator('.timeline', { hasText: 'Statement published by mira: closing; en' }).waitFor()
    await shown.shot('statements-said')
  })

  test('keeps what was typed where somebody else changed the statement, and takes two tries to give it up', async () => {
    await issueToAnswer('iss-two', 'the map is empty')
    const { id } = await post('/issues/iss-two/statements', TOKENS.mira, {
      kind: 'brief',
      facts: { cause: 'A change of ours', meanwhile: 'Use the list' },
      text: 'We know, and will call back.',
    })
    await open(`${api.url}/#/issues/iss-two`)
    await signIn(ADMIN_TOKEN)
    await statement('Brief').getByRole('button', { name: 'Edit…' }).click()
    const text = page.getByLabel('Text, as it will be said')
    await text.fill('what the admin says')
    await page.getByLabel('Who is affected').fill('People on a train')
    await page.getByLabel('What went wrong').fill('')
    await post(`/statements/${id}/edit`, TOKENS.mira, { version: 1, facts: {}, text: 'what mira says' })
    await page.getByRole('button', { name: 'Save and check' }).click()
    await page.getByRole('alert').filter({ hasText: 'Somebody changed it meanwhile' }).waitFor()
    expect(await text.inputValue()).toBe('what mira says')
    expect(await page.getByLabel('What you wrote, not saved').inputValue()).toBe('what the admin says')
    expect(await page.getByLabel('Facts that you gave, not saved').locator('li').allTextContents()).toEqual([
      'Who is affected: People on a train',
      'What went wrong, where it is known: nothing',
    ])
    await page.keyboard.press('Escape')
    await page.getByRole('alert').filter({ hasText: 'is not saved' }).waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Edit…')
    await statement('what mira says').getByRole('button', { name: 'Withdraw…' }).press('Enter')
    await page.keyboard.press('Enter')
    await page.getByText('Withdrawn (1)').click()
    await statement('✕ Withdrawn').waitFor()
  })

  test.each(['Copy text', 'Copy Markdown', 'Copy for Slack', 'Copy e-mail'])(
    'gives a viewer the statements to read and to copy, nothing to change: %s',
    async (name) => {
      const id = `iss-copy-${name.length}`
      await issueToAnswer(id, 'menu is *slow*')
      await post(`/issues/${id}/statements`, TOKENS.mira, { kind: 'brief', text: 'a *star* <img src=x>' })
      await open(`${api.url}/#/issues/${id}`, { permissions: ['clipboard-read', 'clipboard-write'] })
      await signIn(TOKENS.acme)
      await statement('a *star* <img src=x>').getByRole('button', { name }).click()
      await page.locator('#news', { hasText: 'Copied' }).waitFor({ state: 'attached' })
      await page.locator('.statement button:focus', { hasText: 'Copied' }).waitFor()
      const copied: Record<string, string> = {
        'Copy text': 'a *star* <img src=x>',
        'Copy Markdown': String.raw`a \*star\* \<img src=x\>`,
        'Copy for Slack': 'a \u200B*star\u200B* &lt;img src=x&gt;',
        'Copy e-mail': 'Subject: Acme: menu is *slow*\n\na *star* <img src=x>',
      }
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(copied[name])
      expect(await page.locator('#detail .said button').count()).toBe(4)
      expect(await page.locator('#detail img').count()).toBe(0)
    },
  )

  test.each(LOOKS)(
    'writes statements without an accessibility violation in $scheme at $width px',
    async ({ scheme, width }) => {
      const id = `iss-a11y-${scheme}-${width}`
      await issueToAnswer(id, 'search finds nothing')
      await post(`/issues/${id}/statements`, TOKENS.mira, {
        kind: 'holding',
        text: `You should not but ${'x'.repeat(720)}`,
      })
      const brief = await post(`/issues/${id}/statements`, TOKENS.mira, {
        kind: 'brief',
        text: 'We know, and will call back.',
      })
      await post(`/statements/${brief.id}/approve`, ADMIN_TOKEN, { version: 1 })
      const channels = [{ channel: 'chat', url: 'https://chat.example/1' }]
      await post(`/statements/${brief.id}/publish`, TOKENS.mira, { channels })
      await open(`${api.url}/#/issues/${id}`, { colorScheme: scheme, viewport: { width, height: 800 } })
      await signIn(TOKENS.mira)
      await statement('Blocks').waitFor()
      const clean = async (name: string) => {
        expect(await shown.violations()).toEqual([])
        expect(await shown.overflow()).toBe(0)
        expect(
          await page.evaluate(
            'document.querySelector("#ask").scrollWidth - document.querySelector("#ask").clientWidth',
          ),
        ).toBe(0)
        await shown.shot(`${name}-${scheme}-${width}`)
      }
      await clean('statements')
      await page.getByRole('button', { name: 'Draft a statement…' }).click()
      await clean('statement-draft')
      await page.keyboard.press('Escape')
      await page.evaluate(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`)
      await statement('Brief').getByRole('button', { name: 'Copy text' }).click()
      expect(await page.getByLabel('copy it by hand').inputValue()).toBe('We know, and will call back.')
      await clean('statement-copy')
      await page.keyboard.press('Escape')
      await statement('Brief').getByRole('button', { name: 'elsewhere' }).click()
      await clean('statement-published')
      await page.keyboard.press('Escape')
      await statement('Holding').getByRole('button', { name: 'Edit…' }).click()
      await page.getByRole('dialog').getByText('Blocks').first().waitFor()
      await clean('statement-edit')
    },
  )

  test('an empty page explains itself', async () => {
    const quiet = await runningApi()
    onTestFinished(quiet.stop)
    await open(await quiet.service.consoleLink(), { viewport: { width: 1280, height: 700 } })
    await page.getByText('No issue is known').waitFor()
    expect(await page.locator('#issues').textContent()).toContain('Silence is not calm: support, app-reviews, bluesky')
    await shown.shot('empty')
  })

  test('the API browser works under its policy without another host', async () => {
    await open(`${api.url}/docs/`)
    await page.getByText('Issues, newest first').waitFor()
    expect(await page.title()).toBe('Outcry API')
    await shown.shot('docs')
  })
})
