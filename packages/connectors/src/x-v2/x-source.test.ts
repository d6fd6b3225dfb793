import { MINUTE_MS, SECOND_MS, type SourceConfig } from '@outcry/contracts'
import { describe, expect, it, vi } from 'vitest'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { PlatformError } from '../http/platform-error.ts'
import { searchesOf } from './fill-hole.ts'
import { startLocalX } from './local-x.ts'
import { reconnectDelayMs } from './open-post-stream.ts'
import { xV2 } from './x-v2.ts'

const WAIT = { timeout: 20_000, interval: 10 }

const setUp = async (items = 300, change: Record<string, unknown> = {}) => {
  const platform = await startLocalX(items)
  const recorder = createRecorder(createQuickClock(50))
  const config = { connector: 'x-v2', name: 'under-test', ...platform.config, ...change } as unknown as SourceConfig
  const start = () => {
    const abort = new AbortController()
    const running = xV2
      .create(config as unknown as Parameters<typeof xV2.create>[0], recorder.context('under-test'))
      .run(abort.signal)
    return async () => {
      abort.abort()
      await running
    }
  }
  return { platform, recorder, start }
}

describe('reading X', () => {
  it('keeps the rules in line with the configuration, and leaves those of others', async () => {
    const { platform, recorder, start } = await setUp()
    const stop = start()
    await vi.waitFor(() => expect(recorder.ids().size).toBe(300), WAIT)
    await stop()
    expect(platform.rules()).toEqual([
      { id: '1', value: 'cats', tag: 'somebody else' },
      { id: expect.any(String), value: 'acme', tag: 'outcry:under-test' },
    ])
    expect(recorder.ids()).toEqual(platform.ids)
    await platform.close()
  })

  it('says which rule X does not take while it reads the others', async () => {
    const { platform, recorder, start } = await setUp(300, { rules: ['acme', 'acme near:'] })
    const stop = start()
    await vi.waitFor(
      () => expect(recorder.reports.at(-1)).toMatchObject({ state: 'live', unseen: expect.stringContaining('near:') }),
      WAIT,
    )
    await stop()
    await platform.close()
  })

  it('stops reading at the cap of the month, says until when, and stays so after a restart', async () => {
    const { platform, recorder, start } = await setUp(600, { maxPostsPerMonth: 150 })
    const isBlind = () => expect(recorder.reports.at(-1)).toMatchObject({ state: 'blind' })
    const stop = start()
    await vi.waitFor(isBlind, WAIT)
    await stop()
    expect(recorder.reports.at(-1)?.reason).toMatch(/^all 150 posts of maxPostsPerMonth are read, .* at \d{4}-\d\d-01$/)
    expect(recorder.ids().size).toBeGreaterThan(0)
    expect(recorder.ids().size).toBeLessThan(300)
    const asked = platform.asked()
    const stopAgain = start()
    await vi.waitFor(() => expect(recorder.reports.length).toBeGreaterThan(5), WAIT)
    await vi.waitFor(isBlind, WAIT)
    await stopAgain()
    expect(platform.asked()).toBe(asked)
    await platform.close()
  })

  it('searches in place of a stream that does not open, and is live', async () => {
    const { platform, recorder, start } = await setUp()
    platform.closeStream()
    const stop = start()
    const searching = expect.stringMatching(/^searching, as there is no stream: the platform answered 503/)
    await vi.waitFor(() => expect(recorder.reports.at(-1)).toMatchObject({ state: 'live', reason: searching }), WAIT)
    await stop()
    expect(recorder.ids().size).toBe(200)
    await platform.close()
  })

  it('waits before it connects again as X documents', () => {
    const broken = [1, 2, 3, 100].map((failures) => reconnectDelayMs(new Error('reset'), failures))
    expect(broken).toEqual([0, 250, 500, 16 * SECOND_MS])
    const down = [1, 2, 3, 20].map((failures) => reconnectDelayMs(new PlatformError(503, null), failures))
    expect(down).toEqual([5 * SECOND_MS, 10 * SECOND_MS, 20 * SECOND_MS, 320 * SECOND_MS])
    const limited = [1, 2].map((failures) => reconnectDelayMs(new PlatformError(429, null), failures))
    expect(limited).toEqual([MINUTE_MS, 2 * MINUTE_MS])
  })

  it('joins rules to searches that are no longer than X takes', () => {
    const long = 'x'.repeat(300)
    expect(searchesOf(['a b', ' c', 'a b'])).toEqual(['(a b) OR (c)'])
    expect(searchesOf(['acme lang:en'])).toEqual(['acme lang:en'])
    expect(searchesOf([long, 'a', `${long}y`])).toEqual([`(${long}) OR (a)`, `${long}y`])
  })
})
