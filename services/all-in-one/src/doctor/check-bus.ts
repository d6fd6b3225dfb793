import { type Bus, createKafkaBus, topicSpecs } from '@outcry/bus'
import { type Config, OutcryError } from '@outcry/contracts'
import { silentLogger } from '@outcry/runtime'
import { kafkaSettings } from '../system/open-bus.ts'
import { faulty, fine, type Finding, findingOf } from './finding.ts'

/** Whether Kafka answers and has the topics, where it is used. */
export const checkBus = async (config: Config): Promise<Finding[]> => {
  if (config.bus.driver !== 'kafka') return [fine('bus', 'in the database')]
  try {
    const settings = kafkaSettings(config)
    const bus = createKafkaBus({ ...settings, logger: silentLogger, maxRecordBytes: config.bus.maxRecordBytes })
    try {
      await bus.check()
      return [fine('bus', `Kafka at ${settings.brokers.join(', ')}`), await checkTopics(bus, config)]
    } finally {
      await bus.close()
    }
  } catch (error) {
    return [findingOf('bus', error)]
  }
}

const checkTopics = async (bus: Bus, { bus: settings, retention }: Config): Promise<Finding> => {
  const specs = topicSpecs({ ...settings, busDays: retention.bus, deadLetterDays: retention.deadLetters })
  const missing: string[] = []
  for (const { name, partitions } of specs) {
    const found = await bus.partitionCount(name).catch((error: unknown) => {
      if (error instanceof OutcryError && error.code === 'BUS_TOPIC_MISSING') return null
      throw error
    })
    if (found === null) missing.push(name)
    else if (found < partitions) {
      const fix = `Raise it to ${partitions} with kafka-topics --alter, or lower bus.partitions.`
      return faulty('topics', `${name} has ${found} partitions, ${partitions} are configured`, fix)
    }
  }
  return fine('topics', missing.length > 0 ? `the next start makes ${missing.join(', ')}` : 'all there')
}
