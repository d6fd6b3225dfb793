import { createKafkaBus } from '@outcry/bus'
import type { Config } from '@outcry/contracts'
import { silentLogger } from '@outcry/runtime'
import { kafkaSettings } from '../system/open-bus.ts'
import { fine, type Finding, findingOf } from './finding.ts'

/** Whether Kafka answers, where it is used. */
export const checkBus = async (config: Config): Promise<Finding[]> => {
  if (config.bus.driver !== 'kafka') return [fine('bus', 'in the database')]
  try {
    const settings = kafkaSettings(config)
    const bus = createKafkaBus({ ...settings, logger: silentLogger, maxRecordBytes: config.bus.maxRecordBytes })
    try {
      await bus.check()
    } finally {
      await bus.close()
    }
    return [fine('bus', `Kafka at ${settings.brokers.join(', ')}`)]
  } catch (error) {
    return [findingOf('bus', error)]
  }
}
