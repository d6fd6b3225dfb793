import { describe, expect, it, vi } from 'vitest'
import { kafkaAvailable } from '@outcry/testkit'
import { createTestDetector, dyingPool, outcome } from './fixture.ts'
import { appendAll, ends, runUndisturbed, untilStored, useInstallations, WAIT } from './scene.ts'

const install = useInstallations()

describe.each(['postgres', 'kafka'] as const)('the detector on %s', (driver) => {
  it.skipIf(driver === 'kafka' && !kafkaAvailable())(
    'states the same facts when it is killed again and again as when it is left alone',
    async () => {
      const undisturbed = await runUndisturbed(await install(driver))
      expect(undisturbed.events.map((event) => event['kind'])).toContain('opened')
      expect(undisturbed.mentions).toHaveLength(2 * 154)

      const at = await install(driver)
      await appendAll(at)
      const deaths = [
        [1, 'before'],
        [3, 'after'],
        [4, 'before'],
        [6, 'after'],
        [2, 'after'],
      ] as const
      for (const [dieAt, when] of deaths) {
        const pool = dyingPool(at.database.pool, dieAt, when)
        const detector = createTestDetector(at, { pool })
        await detector.start()
        await vi.waitFor(() => expect(pool.dead()).toBe(true), WAIT)
        await detector.stop()
      }
      const last = createTestDetector(at)
      await last.start()
      await untilStored(at, ends)
      await last.stop()
      expect(await outcome(at.database.pool)).toEqual(undisturbed)
    },
    180_000,
  )
})
