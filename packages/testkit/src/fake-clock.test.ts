import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fakeClock } from './fake-clock.ts'

describe('the fake clock', () => {
  it('wakes sleepers in the order of their times, at their times', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(1_000)), fc.nat(1_000), async (delays, ms) => {
        const clock = fakeClock(0)
        const woken: number[] = []
        for (const delay of delays) void clock.sleep(delay).then(() => woken.push(clock.now()))
        await clock.advance(ms)
        expect(woken).toEqual(delays.filter((delay) => delay <= ms).sort((a, b) => a - b))
        expect(clock.now()).toBe(ms)
      }),
    )
  })

  it('lets a loop of sleeps run through one advance', async () => {
    const clock = fakeClock(0)
    const beats: number[] = []
    const beat = async () => {
      for (;;) {
        await clock.sleep(10)
        beats.push(clock.now())
      }
    }
    void beat()
    await clock.advance(35)
    expect(beats).toEqual([10, 20, 30])
    expect(clock.sleepers()).toBe(1)
  })

  it('rejects a sleep whose signal aborts', async () => {
    const clock = fakeClock()
    const controller = new AbortController()
    const sleeping = clock.sleep(10, controller.signal)
    controller.abort(new Error('stopping'))
    await expect(sleeping).rejects.toThrow('stopping')
    expect(clock.sleepers()).toBe(0)
  })
})
