import type { SqlPool } from '@outcry/contracts'
import type { Clock, Logger } from '@outcry/runtime'
import { backoffMs } from '../backoff.ts'
import type { Consumer, ConsumeOptions } from '../bus.ts'
import { createWakeUp, type WakeUp } from '../wake-up.ts'
import { planShare } from './fair-share.ts'
import { claim, leave, release, renew, type Member } from './leases.ts'
import { startPartitionReader } from './partition-reader.ts'

export type PostgresConsumerOptions = ConsumeOptions & {
  pool: SqlPool
  clock: Clock
  logger: Logger
  memberId: string
  leaseMs: number
  pollMs: number
}

type Reading = { reader: { stop(): Promise<void> }; wakeUp: WakeUp; leaving: boolean }

/** A consumer and the hooks by which notifications reach it. */
export type PostgresConsumer = Consumer & { onRecords(partition: number | null): void; onMembers(): void }

/** Joins the group: keeps membership and leases alive, and one reader for each partition held. */
export const startPostgresConsumer = async (options: PostgresConsumerOptions): Promise<PostgresConsumer> => {
  const { pool, clock, logger, topic, group, leaseMs } = options
  const self: Member = { group, topic, member: options.memberId }
  const readings = new Map<number, Reading>()
  const stopping = new AbortController()
  const turn = createWakeUp(clock)
  let renewedAt = 0

  /** On a clock that went back nobody knows; the next renewal does. */
  const mayRead = () => {
    const ageMs = clock.now() - renewedAt
    return ageMs >= 0 && ageMs < leaseMs
  }

  const start = (partition: number) => {
    const wakeUp = createWakeUp(clock)
    const reader = startPartitionReader({
      pool,
      clock,
      logger,
      topic,
      partition,
      handler: options.handler,
      maxBatchRecords: options.maxBatchRecords ?? 500,
      pollMs: options.pollMs,
      wakeUp,
      mayRead,
    })
    readings.set(partition, { reader, wakeUp, leaving: false })
  }

  /** Lets a partition go without holding up the renewal of the others; the lease is given back last. */
  const letGo = (partition: number, reading: Reading, giveBack: boolean) => {
    if (reading.leaving) return
    reading.leaving = true
    void reading.reader
      .stop()
      .then(() => (giveBack ? release(pool, self, partition) : undefined))
      .catch((error: unknown) => {
        logger.warn({ topic, partition, error }, 'A lease could not be given back, it will run out')
      })
      .finally(() => {
        readings.delete(partition)
        turn.wake()
      })
  }

  const takeTurn = async () => {
    const startedAt = clock.now()
    const view = await renew(pool, self, leaseMs)
    renewedAt = startedAt
    for (const [partition, reading] of readings) {
      if (view.holders.get(partition) !== self.member) letGo(partition, reading, false)
    }
    const plan = planShare(view.partitions, view.holders, view.members, self.member)
    for (const partition of plan.release) {
      const reading = readings.get(partition)
      if (reading) letGo(partition, reading, true)
      else await release(pool, self, partition)
    }
    const held = view.partitions.filter((partition) => view.holders.get(partition) === self.member)
    for (const partition of [...held.filter((one) => !plan.release.includes(one)), ...plan.claim]) {
      if (readings.has(partition) || stopping.signal.aborted) continue
      if (await claim(pool, self, partition, leaseMs)) start(partition)
    }
  }

  const keepTurning = async () => {
    let failures = 0
    while (!stopping.signal.aborted) {
      await turn.wait(failures > 0 ? Math.min(backoffMs(failures), leaseMs / 3) : leaseMs / 3, stopping.signal)
      if (stopping.signal.aborted) return
      try {
        await takeTurn()
        failures = 0
      } catch (error) {
        failures += 1
        logger.warn({ topic, group, error, failures }, 'Renewing bus leases failed, trying again')
      }
    }
  }

  await takeTurn()
  const turning = keepTurning()

  const shutDown = async () => {
    stopping.abort()
    await turning
    await Promise.all([...readings.values()].map((reading) => reading.reader.stop()))
    readings.clear()
    await leave(pool, self).catch((error: unknown) => {
      logger.warn({ topic, group, error }, 'Leaving the group failed, its leases will run out')
    })
  }
  let stopped: Promise<void> | null = null

  return {
    owned: () => [...readings.keys()].sort((a, b) => a - b),
    stop: () => (stopped ??= shutDown()),
    // Leases and reads are retried for ever; there is no state this driver cannot come back from.
    failed: new Promise<never>(() => undefined),
    onRecords: (partition) => {
      for (const [one, reading] of readings) if (partition === null || one === partition) reading.wakeUp.wake()
    },
    onMembers: () => turn.wake(),
  }
}
