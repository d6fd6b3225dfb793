import { describe, expect, it, vi } from 'vitest'
import { MENTIONS_TOPIC } from '@outcry/bus'
import { createPartitionEngine } from '@outcry/engine'
import { createTestDetector, storedPositions, toAppend } from './fixture.ts'
import { mentionRecord } from './made-stream.ts'
import { appendAll, ends, streams, untilStored, useInstallations, WAIT } from './scene.ts'

const install = useInstallations()

describe('snapshots', () => {
  it('does not read again what its last snapshot holds', async () => {
    const at = await install()
    await appendAll(at)
    const first = createTestDetector(at)
    await first.start()
    await untilStored(at, ends)
    await first.stop()
    const applied: number[] = []
    const second = createTestDetector(at, {
      createEngine: (idKey) => {
        const engine = createPartitionEngine({ idKey })
        return {
          ...engine,
          apply: (position, appendedAtMs, record) => {
            applied.push(position)
            return engine.apply(position, appendedAtMs, record)
          },
        }
      },
    })
    await second.start()
    const last = streams[0]!.length
    await at.bus.append(MENTIONS_TOPIC, toAppend([mentionRecord('acme', 'new', Date.now(), 'checkout hangs')], 0))
    await vi.waitFor(async () => expect((await storedPositions(at.database.pool))[0]).toBe(last), WAIT)
    await second.stop()
    expect(applied).toEqual([last])
  })
})
