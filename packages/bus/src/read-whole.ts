import { randomUUID } from 'node:crypto'
import type { Clock } from '@outcry/runtime'
import type { Bus, StoredRecord } from './bus.ts'

/**
 * Visits every record that a topic has at present, each partition in order; false where that took longer than
 * `withinMs` and some were not visited.
 */
export const readWhole = async (
  bus: Pick<Bus, 'allBounds' | 'consume'>,
  options: { topic: string; withinMs: number; clock: Clock; visit: (record: StoredRecord) => void },
): Promise<boolean> => {
  const { topic, withinMs, clock, visit } = options
  const bounds = await bus.allBounds(topic)
  const left = new Map(bounds.filter(({ first, next }) => next > first).map(({ partition, next }) => [partition, next]))
  if (left.size === 0) return true
  const firstOf = new Map(bounds.map(({ partition, first }) => [partition, first]))
  const done = Promise.withResolvers<true>()
  const passed = (partition: number, position: number) => {
    if (position < (left.get(partition) ?? 0)) return
    left.delete(partition)
    if (left.size === 0) done.resolve(true)
  }
  const consumer = await bus.consume({
    topic,
    group: `whole-${randomUUID()}`,
    handler: {
      assigned: (partition) => Promise.resolve(firstOf.get(partition) ?? 0),
      records: (partition, batch) => {
        if (left.has(partition)) for (const record of batch) visit(record)
        passed(partition, batch.at(-1)!.position + 1)
        return Promise.resolve()
      },
      gap: (partition, _wanted, first) => Promise.resolve(passed(partition, first)),
      revoked: () => Promise.resolve(),
    },
  })
  const finished = new AbortController()
  const late = clock.sleep(withinMs, finished.signal).then(
    () => false,
    () => false,
  )
  try {
    return await Promise.race([done.promise, late, consumer.failed])
  } finally {
    finished.abort()
    await consumer.stop()
  }
}
