import kafkajs, { type Admin } from 'kafkajs'
import type { TopicSpec } from '../bus.ts'
import { turnDoneMs } from '../topics.ts'

type Entry = { name: string; value: string }

/**
 * How Kafka tidies such a topic. Only segments that ended are tidied, and only those without a record younger than
 * `min.compaction.lag.ms`: a segment ends halfway between the two lags, so that the later one finds it ready.
 */
export const cleanupEntries = (compact: TopicSpec['compact']): Entry[] =>
  compact === undefined
    ? [{ name: 'cleanup.policy', value: 'delete' }]
    : [
        { name: 'cleanup.policy', value: 'compact,delete' },
        { name: 'min.compaction.lag.ms', value: `${compact.afterMs}` },
        { name: 'max.compaction.lag.ms', value: `${compact.withinMs}` },
        { name: 'segment.ms', value: `${Math.max(1, Math.floor((compact.withinMs - compact.afterMs) / 2))}` },
      ]

/** The same as people set it: `name=value`. */
export const cleanupOf = (compact: TopicSpec['compact']): string[] =>
  cleanupEntries(compact).map(({ name, value }) => `${name}=${value}`)

const ASKED = [
  'cleanup.policy',
  'retention.ms',
  'segment.ms',
  'min.compaction.lag.ms',
  'max.compaction.lag.ms',
] as const

/** The longest time that a record of the topic, by its whole name, stays after its key came again; ms. */
export const supersededWithinMs = async (admin: Admin, topic: string): Promise<number> => {
  const described = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames: [...ASKED] }],
  })
  const entries = new Map(
    described.resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]),
  )
  const numberOf = (name: (typeof ASKED)[number]) => Number(entries.get(name) ?? Infinity)
  const policy = entries.get('cleanup.policy') ?? ''
  const keptMs = policy.includes('delete') && numberOf('retention.ms') >= 0 ? numberOf('retention.ms') : Infinity
  if (!policy.includes('compact')) return keptMs
  const latestMs = numberOf('max.compaction.lag.ms')
  const endedMs = Math.min(numberOf('segment.ms'), latestMs)
  return Math.min(turnDoneMs(Math.max(latestMs, endedMs + numberOf('min.compaction.lag.ms'))), keptMs)
}
