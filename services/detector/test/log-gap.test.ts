import { describe, expect, it, vi } from 'vitest'
import { MENTIONS_TOPIC } from '@outcry/bus'
import { logGapsSince } from '@outcry/store'
import { createTestDetector, outcome, storedPositions, toAppend } from './fixture.ts'
import { madeRecords } from './made-stream.ts'
import { appendAll, ends, streams, untilStored, useInstallations, WAIT } from './scene.ts'

const install = useInstallations()

describe('a gap of the log', () => {
  it('reports records that left the log unread, keeps word of them, and goes on behind the gap', async () => {
    const at = await install()
    await appendAll(at)
    const { pool } = at.database
    await pool.query(
      `INSERT INTO outcry.partition_state (consumer, topic, partition, position) VALUES ('detector', 'mentions', 0, 9)`,
    )
    await pool.query(`UPDATE outcry.bus_partition SET first_position = 30 WHERE topic = 'mentions' AND partition = 0`)
    const errors: object[] = []
    const logger = {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (fields: object) => errors.push(fields),
      child: () => logger,
    }
    const detector = createTestDetector(at, { logger })
    await detector.start()
    await untilStored(at, ends)
    await detector.stop()
    expect(errors).toMatchObject([{ partition: 0, wanted: 10, first: 30, lost: 20 }])
    expect(await logGapsSince(pool, MENTIONS_TOPIC, 0)).toMatchObject([{ partition: 0, lost: 20, replaced: false }])
    const { body } = await at.metrics.expose()
    expect(body).toContain('outcry_log_gaps_total{partition="0"} 1')
    expect(body).toContain('outcry_log_gaps_total{partition="1"} 0')
  })

  it('keeps its state and starts over in a log that is shorter than what it had read', async () => {
    const at = await install()
    await at.bus.append(MENTIONS_TOPIC, toAppend(streams[0]!.slice(0, 50), 0))
    await at.database.pool.query(
      `INSERT INTO outcry.partition_state (consumer, topic, partition, position) VALUES ('detector', 'mentions', 0, 900)`,
    )
    const detector = createTestDetector(at)
    await detector.start()
    await vi.waitFor(async () => expect((await storedPositions(at.database.pool))[0]).toBe(49), WAIT)
    await detector.stop()
    expect((await outcome(at.database.pool)).mentions.length).toBeGreaterThan(0)
  })

  it('notices a log that was replaced and has grown longer than what was read, and reads it from its start', async () => {
    const at = await install()
    const { pool } = at.database
    await at.bus.append(MENTIONS_TOPIC, toAppend(streams[0]!.slice(0, 50), 0))
    const first = createTestDetector(at)
    await first.start()
    await vi.waitFor(async () => expect((await storedPositions(pool))[0]).toBe(49), WAIT)
    await first.stop()
    await pool.query('DELETE FROM outcry.bus_record')
    await pool.query('UPDATE outcry.bus_partition SET next_position = 0')
    await at.bus.append(MENTIONS_TOPIC, toAppend(madeRecords('other'), 0))
    const second = createTestDetector(at)
    await second.start()
    await vi.waitFor(async () => expect((await storedPositions(pool))[0]).toBe(madeRecords('other').length - 1), WAIT)
    await second.stop()
    expect(await logGapsSince(pool, MENTIONS_TOPIC, 0)).toMatchObject([{ partition: 0, lost: 0, replaced: true }])
    const brands = (await outcome(pool)).mentions.map((row) => row['brand'])
    expect(brands.filter((brand) => brand === 'other')).toHaveLength(154)
  })

  it('takes a log that goes on where it left off for the same one', async () => {
    const at = await install()
    const half = Math.floor(streams[0]!.length / 2)
    for (const [from, to] of [
      [0, half],
      [half, streams[0]!.length],
    ]) {
      await at.bus.append(MENTIONS_TOPIC, toAppend(streams[0]!.slice(from, to), 0))
      const detector = createTestDetector(at)
      await detector.start()
      await vi.waitFor(async () => expect((await storedPositions(at.database.pool))[0]).toBe(to! - 1), WAIT)
      await detector.stop()
    }
    expect(await logGapsSince(at.database.pool, MENTIONS_TOPIC, 0)).toEqual([])
  })
})
