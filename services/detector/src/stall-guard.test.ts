import { type CountingFault, type OutcryError, SECOND_MS, stalledPartition } from '@outcry/contracts'
import { fakeClock } from '@outcry/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createStallGuard, STALLED_EXIT_MS } from './stall-guard.ts'

const scene = () => {
  const clock = fakeClock()
  const now = { owned: [0], faults: [] as CountingFault[] }
  const failures: OutcryError[] = []
  const guard = createStallGuard({
    counting: { partitions: () => [0, 1], faults: () => now.faults },
    owned: () => now.owned,
    clock,
    fail: (error) => failures.push(error),
  })
  guard.start()
  onTestFinished(() => guard.stop())
  return { clock, now, guard, failures }
}

describe('the guard of what this process should take in', () => {
  it('tells a partition of its own that stands still, and ends the process where it lasts', async () => {
    const { clock, now, guard, failures } = scene()
    expect(guard.reason()).toBeNull()
    now.faults = [stalledPartition(0, 120, 40 * SECOND_MS)]
    expect(guard.reason()).toMatch(/^log partition 0: .*40 s.*120 records/)
    await clock.advance(10 * SECOND_MS)
    expect(failures).toEqual([])
    now.faults = [stalledPartition(0, 900, STALLED_EXIT_MS)]
    await clock.advance(10 * SECOND_MS)
    expect(failures).toMatchObject([{ code: 'DETECTOR_STALLED' }])
  })

  it('leaves the partitions of others to them, and a bus that is away to whoever brings it back', async () => {
    const { clock, now, guard, failures } = scene()
    now.faults = [
      stalledPartition(1, 10, 2 * STALLED_EXIT_MS),
      { name: 'bus', partition: null, reason: 'gone', lastedMs: 2 * STALLED_EXIT_MS },
    ]
    await clock.advance(60 * SECOND_MS)
    expect([guard.reason(), failures]).toEqual([null, []])
    // One that holds nothing may be why: its consumer may be dead.
    now.owned = []
    expect(guard.reason()).toMatch(/^log partition 1/)
    await clock.advance(10 * SECOND_MS)
    expect(failures).toHaveLength(1)
  })
})
