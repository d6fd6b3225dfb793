import { expect, it } from 'vitest'
import { releaseTimes } from './release-times.ts'

const record = (value: object, appendedAt: number) => ({ value: Buffer.from(JSON.stringify(value)), appendedAt })
const mention = (eventTime: number, appendedAt: number) =>
  record({ kind: 'mention', mention: { eventTime } }, appendedAt)

it('names the append of the first mention that moves the clock so far, in whatever order partitions are read', () => {
  const released = releaseTimes([
    mention(300, 1_030),
    mention(100, 1_010),
    record({ kind: 'heartbeat', sourceTime: 900 }, 1_001),
    mention(250, 1_040),
    mention(200, 1_020),
  ])
  expect([50, 100, 101, 250, 300, 301].map(released)).toEqual([1_010, 1_010, 1_020, 1_030, 1_030, null])
})
