import { emptyPlaybook, type Playbook } from '@outcry/contracts'
import { beforeAll, describe, expect, test } from 'vitest'
import { issueOf, storeIssue } from '../test/burning-day.ts'
import { launch, LOOKS, runningConsole } from '../test/console-browser.ts'
import { ADMIN_TOKEN, TOKENS } from '../test/running-api.ts'

const NOW = Date.now()

describe.skipIf(launch === null)('playbooks in the console', () => {
  const { api, openConsole } = runningConsole()
  let console: Awaited<ReturnType<typeof openConsole>>
  beforeAll(async () => {
    const given = { id: 'iss-refund', brand: 'acme', label: 'voucher <b>never</b> came', severity: 'major' } as const
    await storeIssue(api.pool, issueOf({ ...given, ageMs: 3_600_000, people: 12 }, NOW))
  })

  const open = async (hash: string, options: Parameters<typeof openConsole>[1] = {}, token: string | null = null) => {
    const link = token === null ? await api.service.consoleLink() : api.url
    console = await openConsole(link, options)
    const { page } = console
    if (token !== null) {
      await page.getByLabel('Token').fill(token)
      await page.getByRole('button', { name: 'Sign in' }).click()
    }
    await page.locator('.pages-nav').waitFor({ state: 'attached' })
    await page.evaluate(`location.hash = ${JSON.stringify(hash)}`)
    return page
  }
  const put = async (type: string, version: number, playbook: Partial<Playbook>) => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ version, playbook })
    return api.ask(`/playbooks/${type}`, ADMIN_TOKEN, { method: 'PUT', body, headers })
  }
  const stored = async (type: string) =>
    (await (await api.ask(`/playbooks/${type}`, ADMIN_TOKEN)).json()) as { version: number; playbook: Playbook }

  test('are listed by type, written with all fields by language, and show what changed, by whom', async () => {
    const page = await open('#/playbooks')
    await page
      .getByRole('link', { name: /Refund/ })
      .first()
      .click()
    await page.getByText('None of its own').waitFor()
    await page.getByRole('button', { name: 'Edit…' }).click()
    await page.getByLabel('Owner').fill('Head of service')
    await page.getByLabel('Queue').fill('#desk-{issue}')
    await page.getByLabel('At stake').selectOption('money')
    await page.getByLabel('Remedies').fill('a new voucher\n\n  free delivery ')
    await page.getByLabel('Must not be said').fill('your fault')
    await page.getByLabel('Acknowledge within').fill('10')
    await page.getByLabel('Resolve within').fill('0')
    await page.getByLabel('Escalation').fill('soon: lead')
    await page.locator('summary', { hasText: 'German' }).click()
    const german = page.getByRole('group', { name: 'Texts in German' })
    await german.getByLabel('Meanwhile').or(german.getByLabel('What people can do')).fill('Ihr Guthaben ist sicher.')
    await german.getByLabel('Holding').fill('Es tut uns leid.\nBis {eta}.')
    await console.shot('playbook-form')
    expect(await console.violations()).toEqual([])
    const save = page.getByRole('button', { name: 'Save' })
    await save.click()
    await page.getByText('"soon: lead" is no step').waitFor()
    await page.getByLabel('Escalation').fill('')
    await save.click()
    await page.getByText('✎ Version 1, by admin').waitFor()
    expect(await stored('refund')).toMatchObject({
      version: 1,
      playbook: {
        ...emptyPlaybook('refund'),
        owner: 'Head of service',
        queue: '#desk-{issue}',
        harm: 'money',
        remedies: ['a new voucher', 'free delivery'],
        mustNotSay: ['your fault'],
        clocks: { acknowledgeMs: 600_000, resolveMs: null },
        meanwhile: { de: 'Ihr Guthaben ist sicher.' },
        templates: { holding: { de: 'Es tut uns leid.\nBis {eta}.' } },
      },
    })
    await page.getByRole('button', { name: 'Edit…' }).click()
    await page.getByLabel('Owner').fill('Head of vouchers')
    await save.click()
    const newest = page.locator('.versions > ol > li').first()
    await newest.getByText('Version 2').waitFor()
    expect(await newest.textContent()).toContain('Ownerwas Head of servicenow Head of vouchers')
    await console.shot('playbook')
    await page.getByRole('button', { name: 'Back to the configuration…' }).click()
    await page.getByRole('button', { name: 'Back to the configuration', exact: true }).click()
    await page.getByText('None of its own').waitFor()
    expect(await newest.textContent()).toContain('Version 3 by admin')
  })

  test('keep what was typed where somebody else wrote one, and show what they changed', async () => {
    await put('delivery', 0, { owner: 'first' })
    const page = await open('#/playbooks/delivery')
    await page.getByRole('button', { name: 'Edit…' }).click()
    await page.getByLabel('Channel').fill('X')
    await put('delivery', 1, { owner: 'second' })
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('admin wrote version 2 meanwhile').waitFor()
    expect(await page.locator('dialog .changes').textContent()).toBe('Ownerwas firstnow second')
    expect(await page.getByLabel('Channel').inputValue()).toBe('X')
    await page.getByLabel('Owner').fill('second')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('✎ Version 3').waitFor()
    expect((await stored('delivery')).playbook).toMatchObject({ owner: 'second', channel: 'X' })
  })

  test('stand with the issue, whose type a person changes, and give the remedies to choose from', async () => {
    const { version } = await stored('refund')
    const book = { owner: 'Head of service', queue: '#desk-{issue}', remedies: ['a new voucher'], mustNotSay: ['scam'] }
    await put('refund', version, book)
    const page = await open('#/issues/iss-refund')
    const panel = page.locator('.playbook')
    await panel.getByText('None of the types, proposed: nothing was proposed').waitFor()
    await panel.getByRole('button', { name: 'Change the type…' }).click()
    await page.getByRole('combobox', { name: 'Type' }).selectOption('refund')
    await console.shot('type-form')
    await page.getByRole('button', { name: 'Change', exact: true }).click()
    await panel.getByText('says admin').waitFor()
    await panel.getByText('#desk-voucher-b-never-b-came').waitFor()
    for (const part of ['Head of service', 'a new voucher', 'scam', 'money'])
      expect(await panel.textContent()).toContain(part)
    await page.locator('.timeline').getByText('Type changed').waitFor()
    expect(await console.violations()).toEqual([])
    await console.shot('issue-playbook')
    await panel.getByRole('link', { name: 'The playbook' }).click()
    const learned = page.getByRole('link', { name: 'voucher <b>never</b> came' })
    await learned.waitFor()
    await console.shot('learned')
    await page.getByRole('button', { name: 'Learn no more' }).click()
    await learned.waitFor({ state: 'detached' })
    await page.goBack()
    await panel.getByText('nothing learns from it').waitFor()
    await page.getByRole('button', { name: 'Draft a statement…' }).click()
    await page.getByLabel('What is offered').selectOption('a new voucher')
    await page.getByLabel('Kind').selectOption('update')
    await page.getByRole('button', { name: 'Draft', exact: true }).click()
    const offered = page.getByLabel('What is offered')
    await page.getByLabel('Text, as it will be said').waitFor()
    expect(await offered.inputValue()).toBe('a new voucher')
    expect(await page.getByLabel('Text, as it will be said').inputValue()).toContain('a new voucher')
  })

  test.each(LOOKS)(
    'are read by a viewer without an accessibility violation in $scheme at $width px',
    async ({ scheme, width }) => {
      await put('login', 0, { owner: 'On call', remedies: ['x'.repeat(200)], meanwhile: { en: 'Use the web page.' } })
      const page = await open('#/playbooks', { colorScheme: scheme, viewport: { width, height: 800 } }, TOKENS.acme)
      await page.getByText('On call decides').waitFor()
      expect(await console.violations()).toEqual([])
      expect(await console.overflow()).toBe(0)
      await console.shot(`playbooks-${scheme}-${width}`)
      await page.locator('.card', { hasText: 'On call' }).click()
      await page.getByRole('heading', { name: 'What was written' }).waitFor()
      expect(await page.getByRole('button', { name: 'Edit…' }).count()).toBe(0)
      expect(await console.violations()).toEqual([])
      expect(await console.overflow()).toBe(0)
      await console.shot(`playbook-${scheme}-${width}`)
    },
  )
})
