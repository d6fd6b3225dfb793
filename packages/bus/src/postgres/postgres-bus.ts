import { randomUUID } from 'node:crypto'
import { OutcryError, type SqlPool } from '@outcry/contracts'
import type { Clock, Logger } from '@outcry/runtime'
import { createAppendQueue } from '../append-queue.ts'
import type { Bus, TopicSpec } from '../bus.ts'
import { busClosed, busUnreachable, topicMissing } from '../errors.ts'
import { refuseUnfit } from '../record-rules.ts'
import { DEAD_LETTER_MAX_BYTES, DEAD_LETTERS_TOPIC, turnDoneMs } from '../topics.ts'
import { NOTIFY_CHANNEL } from './notify-channel.ts'
import { startPostgresConsumer, type PostgresConsumer } from './postgres-consumer.ts'
import { compactTopic } from './compact.ts'
import { readAllBounds, readBounds } from './read-records.ts'
import { trimTopic } from './trim.ts'
import { writeRecords } from './write-records.ts'

const FIX = 'Check that PostgreSQL runs, that database.url reaches it, and that its disk is not full.'

export type PostgresBusOptions = {
  pool: SqlPool
  clock: Clock
  logger: Logger
  /** Largest record of topics that were not given another bound by `ensureTopics`. Bytes. */
  maxRecordBytes: number
  /** A member that does not renew for so long loses its partitions. */
  leaseMs?: number
  /** How often readers look without having been notified. */
  pollMs?: number
  /** How often records older than their topic's retention are deleted. */
  trimEveryMs?: number
}

/** The embedded bus: a log table in PostgreSQL, LISTEN/NOTIFY to wake readers, leases for ownership. */
export const createPostgresBus = (options: PostgresBusOptions): Bus => {
  const { pool, clock, logger, maxRecordBytes, leaseMs = 10_000, pollMs = 5_000, trimEveryMs = 60_000 } = options
  const specs = new Map<string, TopicSpec>()
  const queues = new Map<string, ReturnType<typeof createAppendQueue>>()
  const consumers = new Set<{ topic: string; consumer: PostgresConsumer }>()
  const closing = new AbortController()
  let listening: Promise<() => Promise<void>> | null = null
  let trimming: Promise<void> | null = null

  const limitOf = (topic: string) =>
    specs.get(topic)?.maxRecordBytes ?? (topic === DEAD_LETTERS_TOPIC ? DEAD_LETTER_MAX_BYTES : maxRecordBytes)

  const onNotify = (payload: string) => {
    const [what, topic, partition] = payload.split(' ')
    for (const entry of consumers) {
      if (topic !== undefined && topic !== entry.topic) continue
      // An empty payload follows a reconnection: anything may have been missed.
      if (what !== 'members') entry.consumer.onRecords(partition === undefined ? null : Number(partition))
      if (what !== 'records') entry.consumer.onMembers()
    }
  }

  const queueOf = (topic: string) => {
    let queue = queues.get(topic)
    if (!queue) {
      queue = createAppendQueue((records) => writeRecords(pool, topic, records).catch(unreachable('append')))
      queues.set(topic, queue)
    }
    return queue
  }

  const keepTrimming = async () => {
    for (;;) {
      await clock.sleep(trimEveryMs, closing.signal)
      for (const { name, retentionMs, compact } of specs.values()) {
        try {
          const nowMs = await earlierTime(pool, clock.now())
          const records = await trimTopic(pool, name, retentionMs, nowMs)
          if (records > 0) logger.info({ topic: name, records }, 'Bus records past their retention deleted')
          const erased = compact ? await compactTopic(pool, name, compact.afterMs, nowMs) : 0
          if (erased > 0) logger.info({ topic: name, records: erased }, 'Superseded bus records deleted')
        } catch (error) {
          logger.warn({ topic: name, error }, 'Deleting old bus records failed, trying again later')
        }
      }
    }
  }

  const ensureOpen = () => {
    if (closing.signal.aborted) throw busClosed()
  }

  const shutDown = async () => {
    closing.abort(busClosed())
    await Promise.all([...queues.values()].map((queue) => queue.close()))
    await Promise.all([...consumers].map((entry) => entry.consumer.stop()))
    await trimming
    await (
      await listening?.catch(() => undefined)
    )?.()
  }
  let closed: Promise<void> | null = null

  return {
    ensureTopics: async (wanted) => {
      ensureOpen()
      for (const spec of wanted) {
        await pool
          .query(
            `INSERT INTO outcry.bus_partition (topic, partition)
             SELECT $1, n FROM generate_series(0, $2::int - 1) AS n ON CONFLICT DO NOTHING`,
            [spec.name, spec.partitions],
          )
          .catch(unreachable('create topics'))
        specs.set(spec.name, spec)
      }
      trimming ??= keepTrimming().catch(() => undefined)
    },

    partitionCount: async (topic) => {
      const { rows } = await pool
        .query<{ count: string | number }>('SELECT count(*) AS count FROM outcry.bus_partition WHERE topic = $1', [
          topic,
        ])
        .catch(unreachable('count partitions'))
      const count = Number(rows[0]?.count ?? 0)
      if (count === 0) throw topicMissing(topic)
      return count
    },

    append: async (topic, records) => {
      ensureOpen()
      if (records.length === 0) return []
      refuseUnfit(topic, records, limitOf(topic))
      const places = await queueOf(topic).append(records)
      // Readers of this process need not wait for the notification to come round.
      for (const partition of new Set(records.map((record) => record.partition))) {
        onNotify(`records ${topic} ${partition}`)
      }
      return places
    },

    supersededWithinMs: async (topic) => {
      const spec = specs.get(topic)
      if (spec === undefined) throw topicMissing(topic)
      const { compact, retentionMs } = spec
      return compact === undefined ? retentionMs : Math.min(turnDoneMs(compact.withinMs), retentionMs)
    },

    bounds: (topic, partition) => readBounds(pool, topic, partition).catch(unreachable('read bounds')),

    allBounds: (topic) => readAllBounds(pool, topic).catch(unreachable('read bounds')),

    consume: async (consume) => {
      ensureOpen()
      listening ??= pool.listen(NOTIFY_CHANNEL, onNotify)
      await listening.catch((error: unknown) => {
        listening = null
        return unreachable('listen')(error)
      })
      const consumer = await startPostgresConsumer({
        ...consume,
        pool,
        clock,
        logger,
        memberId: randomUUID(),
        leaseMs,
        pollMs,
      }).catch(unreachable('join the group'))
      const entry = { topic: consume.topic, consumer }
      consumers.add(entry)
      return {
        owned: () => consumer.owned(),
        failed: consumer.failed,
        stop: async () => {
          await consumer.stop()
          consumers.delete(entry)
        },
      }
    },

    check: async () => {
      await pool.query('SELECT 1 FROM outcry.bus_partition LIMIT 1').catch(unreachable('query'))
    },

    close: () => (closed ??= shutDown()),
  }
}

/** Records are dated by the database; a machine whose clock jumped ahead must not delete what nobody has read. */
const earlierTime = async (pool: SqlPool, nowMs: number): Promise<number> => {
  const { rows } = await pool.query<{ now: number }>(
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now',
  )
  return Math.min(nowMs, Math.floor(rows[0]!.now))
}

const unreachable =
  (what: string) =>
  (error: unknown): never => {
    throw error instanceof OutcryError ? error : busUnreachable(`PostgreSQL refused to ${what}`, FIX, error)
  }
