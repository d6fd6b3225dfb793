import kafkajs, { type Admin, type Kafka, type KafkaConfig, type LogEntry, type RetryOptions } from 'kafkajs'
import { OutcryError } from '@outcry/contracts'
import type { Logger } from '@outcry/runtime'
import { busUnreachable } from '../errors.ts'
import { installForeignCodecs } from './foreign-codecs.ts'
import { installZstd } from './zstd-codec.ts'
import { quietRequestTimers } from './request-timers.ts'

export type KafkaConnection = {
  brokers: string[]
  clientId: string
  ssl?: boolean
  sasl?: { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string }
}

/** Outlasts a broker that is killed and started again; the default of 5 does not. */
const PATIENT: RetryOptions = { initialRetryTime: 100, maxRetryTime: 3_000, retries: 30 }
/** For questions somebody waits for. */
const BRIEF: RetryOptions = { initialRetryTime: 100, maxRetryTime: 500, retries: 2 }
const CHECK_TIMEOUT_MS = 10_000

export const createKafkaClient = (
  connection: KafkaConnection,
  logger: Logger,
  patience: 'patient' | 'brief',
): Kafka => {
  installZstd()
  installForeignCodecs()
  quietRequestTimers()
  const config: KafkaConfig = {
    brokers: connection.brokers,
    clientId: connection.clientId,
    retry: patience === 'patient' ? PATIENT : BRIEF,
    connectionTimeout: 3_000,
    requestTimeout: patience === 'patient' ? 15_000 : 5_000,
    logLevel: kafkajs.logLevel.INFO,
    logCreator: () => createLogWriter(logger),
  }
  if (connection.ssl) config.ssl = true
  if (connection.sasl) config.sasl = connection.sasl as NonNullable<KafkaConfig['sasl']>
  return new kafkajs.Kafka(config)
}

/** What kafkajs calls errors while it does what it should: rebalancing, moving leaders, coordinators that wake up. */
const ROUTINE = /rebalanc|coordinator|leader|does not host this topic|not aware of this member|concurrent transactions/i

const REPEAT_AFTER_MS = 30_000

/**
 * kafkajs retries whatever it logs, and what it gives up on reaches us as an error: nothing here is an ERROR, and the
 * same complaint about a broker that is down is a WARN once in a while, not on every try.
 */
const createLogWriter = (logger: Logger) => {
  const warnedAt = new Map<string, number>()
  return ({ namespace, level, log }: LogEntry): void => {
    const { message, error, groupId, broker, retryCount } = log
    const fields = { namespace, detail: message, error: String(error ?? ''), groupId, broker, retryCount }
    const routine = level > kafkajs.logLevel.WARN || ROUTINE.test(`${message} ${fields.error}`)
    const now = performance.now()
    const repeated = now - (warnedAt.get(namespace) ?? -REPEAT_AFTER_MS) < REPEAT_AFTER_MS
    if (routine || repeated) return logger.debug(fields, 'kafkajs')
    warnedAt.set(namespace, now)
    logger.warn(fields, 'kafkajs reported a fault and goes on')
  }
}

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

/** Waits for `work` at most so long; it may go on behind. */
export const within = async <T>(ms: number, work: () => Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}

/** Leaders move for a moment after topics change; kafkajs' admin does not ask again by itself. */
const isMoving = (error: unknown): boolean => error instanceof kafkajs.KafkaJSProtocolError && error.retriable
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
