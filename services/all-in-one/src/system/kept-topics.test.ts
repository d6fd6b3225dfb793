import { connectors } from '@outcry/connectors'
import { DAY_MS } from '@outcry/contracts'
import { expect, it } from 'vitest'
import { keptTopics } from './kept-topics.ts'

const bus = { driver: 'postgres', partitions: 8, maxRecordBytes: 262_144 } as const
const retention = { mentions: 30, issues: 730, deliveries: 90, bus: 7, deadLetters: 30, erasureHours: 24, audit: 730 }
const daysOf = (sources: string[], days: Record<string, number>) => {
  const config = {
    bus,
    retention: { ...retention, connectors: days },
    sources: sources.map((name) => ({ connector: name, name })),
  }
  return keptTopics(config).map(({ name, retentionMs }) => [name, retentionMs / DAY_MS])
}

it('keeps dead letters no longer than the terms of what is read allow', () => {
  expect(connectors['push']!.defaults.retentionDays).toBeNull()
  expect(daysOf(['push'], {})).toEqual(expect.arrayContaining([['dead-letters', 30]]))
  expect(daysOf(['push'], { mastodon: 3 })).toEqual(expect.arrayContaining([['dead-letters', 30]]))
  expect(daysOf(['push', 'mastodon'], { mastodon: 3 })).toEqual(expect.arrayContaining([['dead-letters', 3]]))
})
