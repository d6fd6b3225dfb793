import { type Bus, createKafkaBus, createPostgresBus } from '@outcry/bus'
import { type Config, OutcryError, type SqlPool } from '@outcry/contracts'
import type { Clock, Logger } from '@outcry/runtime'

/** The bus that the configuration names. Throws `CONFIG_INVALID` where Kafka is named and not described. */
export const openBus = (config: Config, deps: { pool: SqlPool; clock: Clock; logger: Logger }): Bus => {
  const { driver, maxRecordBytes } = config.bus
  return driver === 'postgres'
    ? createPostgresBus({ ...deps, maxRecordBytes })
    : createKafkaBus({ ...kafkaSettings(config), logger: deps.logger, maxRecordBytes })
}

/** How to reach Kafka; brokers from the environment stand in for a whole section. */
export const kafkaSettings = (config: Config): NonNullable<Config['bus']['kafka']> => {
  if (config.bus.kafka !== undefined) return config.bus.kafka
  throw new OutcryError('CONFIG_INVALID', 'bus.driver is "kafka", and nothing says where Kafka is', {
    faults: [{ path: 'bus.kafka.brokers', message: 'is missing', fix: 'give host:port, or set OUTCRY_KAFKA_BROKERS' }],
    exitCode: 2,
  })
}
