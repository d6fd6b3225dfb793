import { createTestPool } from '@outcry/testkit'
import { silentLogger, systemClock } from '@outcry/runtime'
import { createKafkaBus } from '../src/kafka/kafka-bus.ts'
import type { MemberSpec } from './spawn-member.ts'
import { createPostgresBus } from '../src/postgres/postgres-bus.ts'

// A member of a group in a process of its own, so that tests can kill and freeze it. Prints what its handler is told.
const spec = JSON.parse(process.argv[2]!) as MemberSpec
const shared = { logger: silentLogger, clock: systemClock, maxRecordBytes: 262_144 }
const bus =
  spec.driver === 'postgres'
    ? createPostgresBus({ ...shared, pool: createTestPool(spec.url), leaseMs: 2_000, pollMs: 200 })
    : createKafkaBus({
        ...shared,
        brokers: spec.brokers,
        clientId: 'member',
        topicPrefix: spec.topicPrefix,
        replication: -1,
        sessionTimeoutMs: 6_000,
      })

const say = (type: string, partition: number, positions: number[] = []) =>
  process.stdout.write(`${JSON.stringify({ type, partition, positions })}\n`)
await bus.consume({
  topic: spec.topic,
  group: spec.group,
  handler: {
    assigned: (partition) => {
      say('assigned', partition)
      return Promise.resolve(0)
    },
    records: async (partition, batch) =>
      void say(
        'records',
        partition,
        batch.map((record) => record.position),
      ),
    revoked: async (partition) => void say('revoked', partition),
    gap: async (partition) => void say('gap', partition),
  },
})
