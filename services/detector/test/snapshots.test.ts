import { describe, expect, it, vi } from 'vitest'
import { MENTIONS_TOPIC } from '@outcry/bus'
import { createPartitionEngine } from '@outcry/engine'
import { createTestDetector, dyingPool, outcome, storedPositions, toAppend } from './fixture.ts'
import { madeRecords, mentionRecord } from './made-stream.ts'
import { appendAll, ends, runUndisturbed, streams, untilStored, useInstallations, WAIT } from './scene.ts'

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

/** Three brands that share partition 0, their records in turn. */
const shared = () => {
  const three = ['acme', 'globex', 'initech'].map(madeRecords)
  return three[0]!.flatMap((_, at) => three.flatMap((records) => records.slice(at, at + 1)))
}

describe('snapshots of brands that share a partition', () => {
  it('are of different moments, and a detector killed between them states the same facts', async () => {
    const records = shared()
    const undisturbed = await install()
    await undisturbed.bus.append(MENTIONS_TOPIC, toAppend(records, 0))
    const alone = createTestDetector(undisturbed)
    await alone.start()
    await untilStored(undisturbed, [records.length - 1, -1])
    await alone.stop()

    const at = await install()
    await at.bus.append(MENTIONS_TOPIC, toAppend(records, 0))
    const seen = new Set<number>()
    for (const [dieAt, when] of [
      [1, 'after'],
      [4, 'before'],
      [5, 'after'],
      [6, 'before'],
      [7, 'after'],
    ] as const) {
      const pool = dyingPool(at.database.pool, dieAt, when)
      const detector = createTestDetector(at, { pool })
      await detector.start()
      await vi.waitFor(() => expect(pool.dead()).toBe(true), WAIT)
      await detector.stop()
      const { rows } = await at.database.pool.query<{ position: number }>(
        'SELECT DISTINCT position FROM outcry.brand_snapshot',
      )
      seen.add(rows.length)
    }
    expect(Math.max(...seen)).toBeGreaterThan(1)
    const last = createTestDetector(at)
    await last.start()
    await untilStored(at, [records.length - 1, -1])
    await last.stop()
    expect(await outcome(at.database.pool)).toEqual(await outcome(undisturbed.database.pool))
  }, 120_000)
})

describe('a snapshot that cannot be read', () => {
  const damage = {
    damaged: "body = substring(body for 40) || '\\x00'",
    'not of its version': "body = '\\x0102'",
    older: 'version = 1',
  }
  it.each(Object.entries(damage))(
    'is passed over where it is %s: the brand is rebuilt from the log',
    async (_, set) => {
      const at = await install()
      const records = streams[0]!
      const half = Math.floor(records.length / 2)
      const undisturbed = await runUndisturbed(await install())
      await at.bus.append(MENTIONS_TOPIC, [...toAppend(records.slice(0, half), 0), ...toAppend(streams[1]!, 1)])
      const first = createTestDetector(at)
      await first.start()
      await untilStored(at, [half - 1, ends[1]!])
      await first.stop()
      await at.database.pool.query(`UPDATE outcry.brand_snapshot SET ${set} WHERE brand = 'acme'`)
      await at.bus.append(MENTIONS_TOPIC, toAppend(records.slice(half), 0))
      const second = createTestDetector(at)
      await second.start()
      await untilStored(at, ends)
      await second.stop()
      expect(await outcome(at.database.pool)).toEqual(undisturbed)
      const reason = set.startsWith('version') ? 'older' : 'damaged'
      expect((await at.metrics.expose()).body).toContain(`outcry_snapshots_refused_total{reason="${reason}"} 1`)
    },
  )

  it('ends the detector with the versions where it is newer, and stays as it is', async () => {
    const at = await install()
    await appendAll(at)
    const first = createTestDetector(at)
    await first.start()
    await untilStored(at, ends)
    await first.stop()
    const rows = () => at.database.pool.query('SELECT brand, position, version, body FROM outcry.brand_snapshot')
    await at.database.pool.query("UPDATE outcry.brand_snapshot SET version = 9999 WHERE brand = 'acme'")
    const before = await rows()
    const second = createTestDetector(at)
    await second.start()
    await expect(second.failed).rejects.toMatchObject({
      code: 'SNAPSHOT_NEWER',
      exitCode: 2,
      message: expect.stringContaining('9999') as string,
    })
    await second.stop()
    expect((await rows()).rows.find(({ brand }) => brand === 'acme')).toEqual(
      before.rows.find(({ brand }) => brand === 'acme'),
    )
  })
})
