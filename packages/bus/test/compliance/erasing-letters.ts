import { systemClock } from '@outcry/runtime'
import { describe, expect, it } from 'vitest'
import type { Bus } from '../../src/bus.ts'
import { appendDeadLetters } from '../../src/dead-letter.ts'
import { eraseDeadLetters } from '../../src/erase-dead-letters.ts'
import { readWhole } from '../../src/read-whole.ts'
import { DEAD_LETTERS_TOPIC, topicSpecs } from '../../src/topics.ts'
import { bytes, createTopic, type Driver, record, text, TIMEOUT, useConnections } from './driver.ts'

/** The newest letter under each key. */
const lettersOf = async (bus: Bus) => {
  const newest = new Map<string | null, { bytes: string; detail: string; erased?: true; stage: string }>()
  const visit = ({ key, value }: { key: string | null; value: Uint8Array }) =>
    void newest.set(key, JSON.parse(text(value)))
  const read = { topic: DEAD_LETTERS_TOPIC, withinMs: TIMEOUT.timeout, clock: systemClock, visit }
  expect(await readWhole(bus, read)).toBe(true)
  const ours = [...newest.values()].filter(({ stage }) => stage === 'detector')
  return ours.map((letter) => ({ ...letter, bytes: Buffer.from(letter.bytes, 'base64').toString() }))
}

/** Dead letters that say what somebody asked to erase come again without their bytes. */
export const erasingLetters = (driver: Driver): void => {
  const open = useConnections(driver)

  describe('erasing dead letters', () => {
    const letter = (said: string, detail: string, position?: number) => ({
      stage: 'detector' as const,
      reason: 'undecodable',
      detail,
      bytes: bytes(said),
      ...(position === undefined ? {} : { topic: 'mentions', partition: 0, position }),
    })

    it('empties those that hold a value or say a text in bytes or detail, keeps the rest, and is told of what has no key', async () => {
      const bus = open()
      const specs = topicSpecs({
        partitions: 1,
        maxRecordBytes: 100_000,
        busDays: 1,
        deadLetterDays: 9,
        erasureHours: 48,
      })
      await bus.ensureTopics(specs.filter(({ name }) => name === DEAD_LETTERS_TOPIC))
      const ann = { values: ['ann'], texts: ['the author ann has no name'] }
      expect(await eraseDeadLetters(bus, ann, systemClock)).toEqual({ erased: 0, complete: true })

      await appendDeadLetters(
        bus,
        [
          letter('{"author":"ann"', 'unfinished'),
          letter('{"author":"joanna"', 'unfinished', 7),
          letter('{', 'the author ann has no name', 8),
        ],
        systemClock.now(),
      )
      expect(await eraseDeadLetters(bus, ann, systemClock)).toEqual({ erased: 2, complete: true })
      expect(await lettersOf(bus)).toMatchObject([
        { bytes: '', detail: '', erased: true },
        { bytes: '{"author":"joanna"', detail: 'unfinished' },
        { bytes: '', detail: '', erased: true },
      ])
      expect(await eraseDeadLetters(bus, ann, systemClock)).toEqual({ erased: 0, complete: true })

      await bus.append(DEAD_LETTERS_TOPIC, [record(0, JSON.stringify(EARLIER))])
      expect(await eraseDeadLetters(bus, { values: [], texts: ['bob'] }, systemClock)).toEqual({
        erased: 0,
        complete: false,
      })
    }, 60_000)

    it('says how long a topic keeps what was superseded, by how it is set up', async () => {
      const bus = open()
      expect(await bus.supersededWithinMs(await createTopic(bus))).toBe(3_600_000)
      const tidied = await createTopic(bus, 1, { compact: { afterMs: 600_000, withinMs: 2_300_000 } })
      expect(await bus.supersededWithinMs(tidied)).toBe(2_400_000)
      const late = await createTopic(bus, 1, { compact: { afterMs: 600_000, withinMs: 9_200_000 } })
      expect(await bus.supersededWithinMs(late)).toBe(3_600_000)
    })
  })
}

const EARLIER = {
  v: 1,
  stage: 'ingest',
  reason: 'unknown_shape',
  detail: '',
  bytes: Buffer.from('by bob').toString('base64'),
  truncated: false,
  at: 1,
}
