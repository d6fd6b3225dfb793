import { silentLogger } from '@outcry/runtime'
import { describe, expect, it } from 'vitest'
import type { SourceContext } from '../connector.ts'
import { PlatformError } from './platform-error.ts'
import { runPoller } from './run-poller.ts'

describe('polling', () => {
  it.each([0, 7_000])('looks again later where it is asked to wait %i ms, and never at once', async (asked) => {
    let now = 1_000_000
    const ended = new AbortController()
    const looks: number[] = []
    const clock = {
      now: () => now,
      sleep: async (ms: number) => {
        now += ms
      },
    }
    const context = { clock, random: () => 0.5, logger: silentLogger, source: 'x', report: () => undefined }
    const poll = async (): Promise<never> => {
      looks.push(now)
      if (looks.length === 5) ended.abort()
      throw new PlatformError(403, asked)
    }
    const options = { poll, everyMs: 30_000, blindAfterMs: 60_000, sourceTime: () => 0 }
    await runPoller({ ...options, context: context as unknown as SourceContext }, ended.signal)
    const waits = looks.slice(1).map((at, index) => at - looks[index]!)
    expect(waits).toEqual(asked === 0 ? [500, 1_000, 2_000, 4_000] : [7_000, 7_000, 7_000, 7_000])
  })
})
