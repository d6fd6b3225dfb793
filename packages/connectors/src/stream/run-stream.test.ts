import { silentLogger } from '@outcry/runtime'
import { describe, expect, it } from 'vitest'
import type { SourceContext } from '../connector.ts'
import { PlatformError } from '../http/platform-error.ts'
import { runStream } from './run-stream.ts'

describe('a stream that is refused', () => {
  it.each([0, 7_000])('is opened again later where it is asked to wait %i ms, and never at once', async (asked) => {
    let now = 1_000_000
    const ended = new AbortController()
    const tries: number[] = []
    const clock = {
      now: () => now,
      sleep: async (ms: number) => {
        now += ms
      },
    }
    const context = { clock, random: () => 0.5, logger: silentLogger, source: 'x', report: () => undefined }
    const connect = async (): Promise<never> => {
      tries.push(now)
      if (tries.length === 5) ended.abort()
      throw new PlatformError(429, asked)
    }
    const bounds = { idleMs: 60_000, blindAfterMs: 60_000, maxBatch: 1, maxWaiting: 1 }
    const stream = { connect, deliver: async () => undefined, sourceTime: () => 0, ...bounds }
    await runStream({ ...stream, context: context as unknown as SourceContext }, ended.signal)
    const waits = tries.slice(1).map((at, index) => at - tries[index]!)
    expect(waits).toEqual(asked === 0 ? [250, 500, 1_000, 2_000] : [7_000, 7_000, 7_000, 7_000])
  })
})
