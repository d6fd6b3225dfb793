import { createTestPool } from '@outcry/testkit'
import { silentLogger, systemClock } from '@outcry/runtime'
import type { Bus } from '../src/bus.ts'
import { createKafkaBus } from '../src/kafka/kafka-bus.ts'
import { createPostgresBus } from '../src/postgres/postgres-bus.ts'

/** How a process of a test gets to the bus. */
export type BusSpec = { driver: 'postgres'; url: string } | { driver: 'kafka'; brokers: string[]; topicPrefix: string }

/** After so long without a sign of life a member loses its partitions. */
export const SESSION_MS = { postgres: 2_000, kafka: 6_000 }

const shared = { logger: silentLogger, clock: systemClock, maxRecordBytes: 262_144 }

/** The bus as a process of its own sees it. */
export const connectMember = (spec: BusSpec): Bus =>
  spec.driver === 'postgres'
    ? createPostgresBus({
        ...shared,
        pool: createTestPool(spec.url),
        leaseMs: SESSION_MS.postgres,
        pollMs: 200,
      })
    : createKafkaBus({
        ...shared,
        brokers: spec.brokers,
        clientId: 'member',
        topicPrefix: spec.topicPrefix,
        replication: -1,
        sessionTimeoutMs: SESSION_MS.kafka,
      })
