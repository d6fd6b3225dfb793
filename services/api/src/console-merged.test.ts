import { addStatement, upsertMentions } from '@outcry/store'
import { beforeAll, describe, expect, test } from 'vitest'
import { burningDay, issueOf, storeIssue } from '../test/burning-day.ts'
import { launch, LOOKS, runningConsole, signedOutOrLate } from '../test/console-browser.ts'
import { TOKENS } from '../test/running-api.ts'

const NOW = Date.now()
const MINUTE_MS = 60_000
const ID = 'iss-merged'

describe.skipIf(launch === null)('an issue that was merged into another, in the console', () => {
  const { api, openConsole } = runningConsole(signedOutOrLate)
  beforeAll(async () => {
    await burningDay(api.pool, NOW)
    const given = { id: ID, brand: 'acme', label: 'payment page spins', severity: 'major' as const, people: 19 }
    await storeIssue(
      api.pool,
      issueOf({ ...given, ageMs: 40 * MINUTE_MS }, NOW, {
        state: 'merged',
        mergedInto: 'iss-checkout',
        closed: { by: 'detector', at: NOW, reason: 'merged' },
      }),
    )
    await addStatement(api.pool, {
      id: 'st-merged',
      issueId: ID,
      brand: 'acme',
      kind: 'holding',
      language: 'en',
      state: 'published',
      version: 1,
      facts: {},
      text: 'We are sorry: the payment page spins.',
      writtenBy: 'mira',
      approvedBy: 'kim',
      createdAt: NOW,
      updatedAt: NOW,
      publications: [{ channel: 'status page', at: NOW, by: 'mira' }],
    })
    // One that is on its way to the issue that goes on.
    const post = { id: 'push:support:late', op: 'create' as const, rev: '1', kind: 'post' as const, source: 'support' }
    const times = { createdAt: NOW, observedAt: NOW, eventTime: NOW }
    const mention = { ...post, ...times, text: 'the payment page spins' }
    await upsertMentions(api.pool, [
      { brand: 'acme', mention, complaint: 0.9, lang: 'en', clusterId: null, issueId: ID },
    ])
  })
  const openMerged = async (options: Parameters<typeof openConsole>[1] = {}) => {
    const opened = await openConsole(`${await api.service.consoleLink()}#/issues/${ID}`, options)
    const detail = opened.page.locator('#detail')
    await detail.getByText('We are sorry: the payment page spins.').waitFor()
    await detail.getByText('They are with the issue that goes on.').waitFor()
    await detail.getByText('Did complaints fall?').waitFor()
    return { ...opened, detail }
  }

  test('leads to the one that goes on', async () => {
    const { page, detail } = await openMerged()
    await detail.getByText('Merged: it goes on as checkout hangs after paying.').waitFor()
    await detail.getByRole('link', { name: 'checkout hangs after paying' }).click()
    await page.getByRole('heading', { name: 'checkout hangs after paying' }).waitFor()
    await detail.getByRole('button', { name: 'Draft a statement…' }).waitFor()
    expect(await detail.getByText('Merged:').count()).toBe(0)
  })

  test('offers nothing that the API refuses', async () => {
    const post = async (path: string, body: object) => {
      const headers = { 'content-type': 'application/json' }
      const init = { method: 'POST', headers, body: JSON.stringify(body) }
      return (await api.ask(`/issues/${ID}/${path}`, TOKENS.mira, init)).status
    }
    for (const [path, body] of [
      ['statements', { kind: 'holding' }],
      ['acknowledge', {}],
      ['resolve', {}],
      ['remove', { mentionIds: ['push:support:late'] }],
      ['type', { type: null, teaches: false }],
      ['authenticity', { authenticity: 'genuine', reason: 'seen' }],
    ] as const)
      expect([path, await post(path, body)]).toEqual([path, 409])
    const { detail } = await openMerged()
    expect(await detail.getByRole('button').allTextContents()).toEqual([
      'Copy',
      'Published elsewhere too…',
      'Copy text',
      'Copy Markdown',
      'Copy for Slack',
      'Copy e-mail',
      'Tell of an event…',
    ])
    expect(await detail.getByText('Before they notice').count()).toBe(0)
  })

  test.each(LOOKS)('is readable in $scheme at $width px', async ({ scheme, width }) => {
    const viewport = { width, height: 900 }
    const { detail, shot, violations, overflow } = await openMerged({ colorScheme: scheme, viewport })
    await detail.getByText('Merged: it goes on as').waitFor()
    expect(await violations()).toEqual([])
    expect(await overflow()).toBe(0)
    await shot(`merged-${scheme}-${width}`)
  })
})
