import { describe, expect, it } from 'vitest'
import { systemClock } from './clock.ts'

describe('the system clock', () => {
  it('wakes after the time asked for', async () => {
    const before = systemClock.now()
    await systemClock.sleep(5)
    expect(systemClock.now()).toBeGreaterThanOrEqual(before + 4)
  })

  it('rejects with the reason of the signal, before and during sleep', async () => {
    const controller = new AbortController()
    const sleeping = systemClock.sleep(3_000_000_000, controller.signal)
    controller.abort(new Error('stopping'))
    await expect(sleeping).rejects.toThrow('stopping')
    await expect(systemClock.sleep(1, controller.signal)).rejects.toThrow('stopping')
  })
})
