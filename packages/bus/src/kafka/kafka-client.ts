import kafkajs, { type Admin } from 'kafkajs'
import { OutcryError } from '@outcry/contracts'
import { createKafkaClient, type KafkaConnection, within } from '@outcry/kafka'
import type { Logger } from '@outcry/runtime'
import { busUnreachable } from '../errors.ts'

const CHECK_TIMEOUT_MS = 10_000

export const kafkaUnreachable = (connection: KafkaConnection, cause: unknown): OutcryError => {
  const message = cause instanceof Error ? cause.message : ''
  const fix = /sasl|authentication/i.test(message)
    ? 'Check username, password and mechanism of bus.kafka.sasl.'
    : /ssl|tls|certificate|ECONNRESET/i.test(message)
      ? 'Check whether the brokers speak TLS on this port, and bus.kafka.ssl.'
      : 'Start Kafka, or correct bus.kafka.brokers; check from this machine that the ports are open.'
  return busUnreachable(`Kafka at ${connection.brokers.join(', ')}`, fix, cause)
}

/** Connects, looks at the cluster, disconnects; throws BUS_UNREACHABLE within about ten seconds. */
export const checkKafka = async (connection: KafkaConnection, logger: Logger): Promise<void> => {
  const admin = createKafkaClient(connection, logger, 'brief').admin()
  try {
    await within(CHECK_TIMEOUT_MS, async () => {
      await admin.connect()
      await admin.describeCluster()
    })
  } catch (error) {
    throw kafkaUnreachable(connection, error)
  } finally {
    void admin.disconnect().catch(() => undefined)
  }
}

/**
 * Leaders move for a moment after topics change; kafkajs' admin does not ask again by itself, and takes an answer about
 * a partition that has no leader just then apart as if it were there.
 */
const isMoving = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof kafkajs.KafkaJSProtocolError && error.retriable)
const MOVING_ATTEMPTS = 6

/** An admin client that is connected when first asked, and replaced after any failure. */
export const createAdminBook = (connection: KafkaConnection, logger: Logger) => {
  let connected: Promise<Admin> | null = null
  const connect = async () => {
    const admin = createKafkaClient(connection, logger, 'brief').admin()
    await admin.connect()
    return admin
  }
  const drop = async () => {
    const old = connected
    connected = null
    await old?.then((admin) => admin.disconnect()).catch(() => undefined)
  }
  return {
    ask: async <T>(question: (admin: Admin) => Promise<T>): Promise<T> => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await within(CHECK_TIMEOUT_MS, async () => question(await (connected ??= connect())))
        } catch (error) {
          void drop()
          if (error instanceof OutcryError) throw error
          if (attempt === MOVING_ATTEMPTS || !isMoving(error)) throw kafkaUnreachable(connection, error)
          await new Promise((resolve) => setTimeout(resolve, attempt * 100))
        }
      }
    },
    close: drop,
  }
}
