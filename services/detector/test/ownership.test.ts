import { describe, expect, it, vi } from 'vitest'
import { MENTIONS_TOPIC } from '@outcry/bus'
import { takePartition } from '@outcry/store'
import { createTestDetector, outcome, PARTITIONS, storedPositions, toAppend } from './fixture.ts'
import { appendAll, ends, runUndisturbed, streams, untilStored, useInstallations, WAIT } from './scene.ts'

const install = useInstallations()

describe('a detector that does not have things for itself', () => {
  it('writes nothing in an epoch that has passed, and goes on in its own', async () => {
    const at = await install()
    const detector = createTestDetector(at)
    await detector.start()
    const halves = streams.map((records) => Math.floor(records.length / 2))
    const append = (from: number[], to: number[]) =>
      at.bus.append(
        MENTIONS_TOPIC,
        streams.flatMap((records, partition) => toAppend(records.slice(from[partition], to[partition]), partition)),
      )
    await append([0, 0], halves)
    await untilStored(
      at,
      halves.map((half) => half - 1),
    )
    for (let partition = 0; partition < PARTITIONS; partition += 1) {
      await takePartition(at.database.pool, { consumer: 'detector', topic: MENTIONS_TOPIC, partition, owner: 'thief' })
    }
    await append(
      halves,
      streams.map((records) => records.length),
    )
    await untilStored(at, ends)
    await detector.stop()
    expect(await outcome(at.database.pool)).toEqual(await runUndisturbed(await install()))
  })

  it('is not ready while its database is away, and loses nothing', async () => {
    const at = await install()
    const { pool } = at.database
    let away = false
    const refuse = () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }))
    const detector = createTestDetector(at, {
      pool: {
        query: (text, values) => (away ? refuse() : pool.query(text, values)),
        transaction: (work) => (away ? refuse() : pool.transaction(work)),
        listen: (channel, onNotify) => pool.listen(channel, onNotify),
      },
    })
    await detector.start()
    await vi.waitFor(async () => expect(await storedPositions(pool)).toHaveLength(PARTITIONS), WAIT)
    away = true
    await appendAll(at)
    await vi.waitFor(() => expect(detector.ready!()).toMatchObject({ ready: false, reason: expect.any(String) }), WAIT)
    away = false
    await untilStored(at, ends)
    await vi.waitFor(() => expect(detector.ready!().ready).toBe(true), WAIT)
    await detector.stop()
    expect(await outcome(pool)).toEqual(await runUndisturbed(await install()))
  })

  it('can be stopped twice, before it started, and while it starts', async () => {
    const at = await install()
    await createTestDetector(at).stop()
    const detector = createTestDetector(at)
    const starting = detector.start()
    await Promise.all([detector.stop(), detector.stop(), starting])
    await detector.stop()
    expect(detector.ready!().ready).toBe(true)
  })
})
