import { describe, expect, it, vi } from 'vitest'
import { DEAD_LETTERS_TOPIC, MENTIONS_TOPIC } from '@outcry/bus'
import { createPartitionEngine } from '@outcry/engine'
import { raiseFormats } from '@outcry/store'
import { createTestDetector, outcome, storedPositions, toAppend } from './fixture.ts'
import { appendAll, ends, streams, untilStored, useInstallations, WAIT } from './scene.ts'

const install = useInstallations()

describe('records the detector cannot use', () => {
  it('sends what it cannot read to the dead letters with the reason, and goes on', async () => {
    const at = await install()
    const bad = { partition: 0, key: null, value: new TextEncoder().encode('{"v":1,"kind":"nonsense"}') }
    const records = toAppend(streams[0]!, 0)
    await at.bus.append(MENTIONS_TOPIC, [...records.slice(0, 10), bad, ...records.slice(10)])
    const detector = createTestDetector(at)
    await detector.start()
    await vi.waitFor(async () => expect((await storedPositions(at.database.pool))[0]).toBe(records.length), WAIT)
    await detector.stop()
    expect(await at.bus.bounds(DEAD_LETTERS_TOPIC, 0)).toEqual({ first: 0, next: 1 })
    expect((await outcome(at.database.pool)).events.length).toBeGreaterThan(0)
    expect((await at.metrics.expose()).body).toContain(
      'outcry_dead_letters_total{stage="detector",reason="undecodable"} 1',
    )
  })

  it('takes bytes that only claim to be of a later release for what they are', async () => {
    const at = await install()
    await at.bus.append(MENTIONS_TOPIC, [{ partition: 0, key: null, value: new TextEncoder().encode('{"v":99}') }])
    const detector = createTestDetector(at)
    await detector.start()
    await vi.waitFor(async () => expect((await storedPositions(at.database.pool))[0]).toBe(0), WAIT)
    await detector.stop()
    expect(await at.bus.bounds(DEAD_LETTERS_TOPIC, 0)).toEqual({ first: 0, next: 1 })
  })

  it('ends with the versions where a later release writes records, and passes over none of them', async () => {
    const at = await install()
    await raiseFormats(at.database.pool, { record: 99, snapshot: 1 })
    const records = toAppend(streams[0]!.slice(0, 5), 0)
    await at.bus.append(MENTIONS_TOPIC, records)
    const detector = createTestDetector(at)
    await detector.start()
    await vi.waitFor(async () => expect((await storedPositions(at.database.pool))[0]).toBe(4), WAIT)
    await at.bus.append(MENTIONS_TOPIC, [{ partition: 0, key: null, value: new TextEncoder().encode('{"v":99}') }])
    await expect(detector.failed).rejects.toMatchObject({ code: 'RECORD_NEWER', exitCode: 2 })
    await detector.stop()
    expect((await storedPositions(at.database.pool))[0]).toBe(4)
    expect(await at.bus.bounds(DEAD_LETTERS_TOPIC, 0)).toEqual({ first: 0, next: 0 })
  })

  it('rebuilds without a record the engine fails on, and keeps the record as a dead letter', async () => {
    const at = await install()
    await appendAll(at)
    const detector = createTestDetector(at, {
      createEngine: (idKey) => {
        const engine = createPartitionEngine({ idKey })
        return {
          ...engine,
          apply: (position, appendedAtMs, record) => {
            if (record.kind === 'mention' && record.mention.id === 'acme-quiet-30') throw new Error('no such word')
            return engine.apply(position, appendedAtMs, record)
          },
        }
      },
    })
    await detector.start()
    await untilStored(at, ends)
    await vi.waitFor(() => expect(detector.ready!()).toEqual({ ready: true, reason: 'running' }), WAIT)
    await detector.stop()
    expect(await at.bus.bounds(DEAD_LETTERS_TOPIC, 0)).toEqual({ first: 0, next: 1 })
    const { mentions } = await outcome(at.database.pool)
    expect(mentions.map((row) => row['id'])).not.toContain('acme-quiet-30')
    expect(mentions).toHaveLength(2 * 154 - 1)
  })
})
