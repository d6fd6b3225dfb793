import { fakeClock } from '@outcry/testkit'
import { expect, it } from 'vitest'
import type { SourceReport } from '../connector.ts'
import { waitForWebhooks } from './wait-for-webhooks.ts'

it('is live up to now as long as it runs, and ends quietly', async () => {
  const clock = fakeClock(1_000_000)
  const reports: SourceReport[] = []
  const abort = new AbortController()
  const context = { clock, report: (report: SourceReport) => void reports.push(report) }
  const running = waitForWebhooks(context, abort.signal)
  await clock.advance(10_000)
  expect(reports).toEqual(
    [1_000_000, 1_005_000, 1_010_000].map((sourceTime) => ({
      state: 'live',
      reason: 'waiting for webhooks',
      sourceTime,
    })),
  )
  abort.abort(new Error('stopped'))
  await expect(running).resolves.toBeUndefined()
  await expect(waitForWebhooks(context, abort.signal)).resolves.toBeUndefined()
  expect(reports).toHaveLength(3)
})
