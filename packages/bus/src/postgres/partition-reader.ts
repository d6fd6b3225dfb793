import type { SqlPool } from '@outcry/contracts'
import type { Clock, Logger } from '@outcry/runtime'
import { backoffMs } from '../backoff.ts'
import type { PartitionHandler } from '../bus.ts'
import type { WakeUp } from '../wake-up.ts'
import { readBounds, readRecords } from './read-records.ts'

export type ReaderOptions = {
  pool: SqlPool
  clock: Clock
  logger: Logger
  topic: string
  partition: number
  handler: PartitionHandler
  maxBatchRecords: number
  pollMs: number
  wakeUp: WakeUp
  /** Whether the lease is certainly still ours; nothing is handed over while it is not. */
  mayRead(): boolean
}

/** Reads one partition for as long as it is assigned. `stop` resolves when the handler has let it go. */
export const startPartitionReader = (options: ReaderOptions): { stop(): Promise<void> } => {
  const { pool, clock, logger, topic, partition, handler, wakeUp } = options
  const stopping = new AbortController()
  const { signal } = stopping

  /** Reads until stopped; throws what the handler throws. Faults of the database are waited out here. */
  const read = async (onProgress: () => void) => {
    let position = await handler.assigned(partition)
    let failures = 0
    while (!signal.aborted) {
      let found
      try {
        found = options.mayRead() ? await readFrom(position) : null
        failures = 0
      } catch (error) {
        failures += 1
        logger.warn({ topic, partition, error, failures }, 'Reading the bus failed, trying again')
        await wakeUp.wait(backoffMs(failures), signal)
        continue
      }
      if (signal.aborted || !found || !options.mayRead()) {
        await wakeUp.wait(options.pollMs, signal)
        continue
      }
      if (found.gapTo !== null) {
        await handler.gap(partition, position, found.gapTo)
        position = found.gapTo
      } else {
        await handler.records(partition, found.batch, found.next)
        position = found.batch.at(-1)!.position + 1
      }
      onProgress()
    }
  }

  const readFrom = async (position: number) => {
    const before = await readBounds(pool, topic, partition)
    if (position < before.first || position > before.next) return { gapTo: before.first, batch: [], next: before.next }
    if (position === before.next) return null
    const batch = await readRecords(pool, topic, partition, position, options.maxBatchRecords)
    if (batch[0]?.position === position) return { gapTo: null, batch, next: before.next }
    // A hole: either records were erased, or the log was trimmed between the two reads.
    const after = await readBounds(pool, topic, partition)
    if (position < after.first) return { gapTo: after.first, batch: [], next: after.next }
    return batch.length > 0 ? { gapTo: null, batch, next: after.next } : null
  }

  const run = async () => {
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        await read(() => (attempt = 0))
      } catch (error) {
        logger.warn({ topic, partition, error, attempt }, 'A partition was let go after an error, taking it again')
      }
      await handler.revoked(partition).catch((error: unknown) => {
        logger.warn({ topic, partition, error }, 'Letting a partition go failed')
      })
      if (!signal.aborted) await clock.sleep(backoffMs(attempt), signal).catch(() => undefined)
    }
  }

  const done = run()
  return {
    stop: () => {
      stopping.abort()
      return done
    },
  }
}
