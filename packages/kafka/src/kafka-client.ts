import kafkajs, { type Kafka, type KafkaConfig, type RetryOptions } from 'kafkajs'
import type { Logger } from '@outcry/runtime'
import { installForeignCodecs } from './foreign-codecs.ts'
import { createLogWriter } from './log-writer.ts'
import { quietRequestTimers } from './request-timers.ts'
import { installZstd } from './zstd-codec.ts'

export type KafkaConnection = {
  brokers: string[]
  clientId: string
  /** TLS: with the authorities of the system, or with certificates of one's own in PEM. */
  ssl?: boolean | { ca?: string; cert?: string; key?: string }
  sasl?: { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string }
}

/** Outlasts a broker that is killed and started again; the default of 5 does not. */
const PATIENT: RetryOptions = { initialRetryTime: 100, maxRetryTime: 3_000, retries: 30 }
/** For questions somebody waits for. */
const BRIEF: RetryOptions = { initialRetryTime: 100, maxRetryTime: 500, retries: 2 }

/** kafkajs with the codecs of every broker, without its noise. */
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
  if (connection.ssl) config.ssl = connection.ssl
  if (connection.sasl) config.sasl = connection.sasl as NonNullable<KafkaConfig['sasl']>
  return new kafkajs.Kafka(config)
}
