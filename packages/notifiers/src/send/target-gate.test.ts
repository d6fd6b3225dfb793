import { describe, expect, it } from 'vitest'
import { createTargetGate } from './target-gate.ts'

describe('a target', () => {
  it('is asked no more often than its rate allows', () => {
    const gate = createTargetGate({ perMinute: 60 })
    let now = 0
    let sent = 0
    for (; now < 600_000; now += Math.max(1, gate.waitMs(now))) {
      if (gate.waitMs(now) > 0) continue
      gate.begin(now)
      sent += 1
    }
    expect(sent).toBeGreaterThanOrEqual(600)
    expect(sent).toBeLessThanOrEqual(612)
  })

  it('that fails five times in a row gets one probe per pause until it recovers', () => {
    const gate = createTargetGate({ perMinute: 6_000 })
    for (let failures = 0; failures < 4; failures++) gate.failed(0)
    expect(gate.waitMs(0)).toBe(0)
    gate.failed(0)
    expect([gate.open(), gate.waitMs(0)]).toEqual([true, 5_000])
    gate.failed(5_000)
    expect(gate.waitMs(5_000)).toBe(10_000)
    for (let failures = 0; failures < 10; failures++) gate.failed(15_000)
    expect(gate.waitMs(15_000)).toBe(30_000)
    gate.succeeded()
    expect([gate.open(), gate.waitMs(15_000)]).toEqual([false, 0])
  })

  it('is left alone no longer when the time is set back', () => {
    const gate = createTargetGate({ perMinute: 6_000 })
    const [now, earlier] = [7_200_000, 3_600_000]
    gate.begin(now)
    for (let failures = 0; failures < 5; failures++) gate.failed(now)
    expect(gate.waitMs(now + 1_000)).toBe(4_000)
    expect(gate.waitMs(earlier)).toBe(4_000)
    gate.pause(earlier + 60_000)
    expect(gate.waitMs(0)).toBe(60_000)
  })
})
