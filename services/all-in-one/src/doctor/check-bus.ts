import { type Bus, cleanupOf, createKafkaBus, turnDoneMs } from '@outcry/bus'
import { type Config, HOUR_MS, OutcryError } from '@outcry/contracts'
import { silentLogger } from '@outcry/runtime'
import { keptTopics } from '../system/kept-topics.ts'
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
      return [fine('bus', `Kafka at ${settings.brokers.join(', ')}`), ...(await checkTopics(bus, config))]
    } finally {
      await bus.close()
    }
  } catch (error) {
    return [findingOf('bus', error)]
  }
}

const checkTopics = async (bus: Bus, config: Config): Promise<Finding[]> => {
  const { topicPrefix } = kafkaSettings(config)
  const specs = keptTopics(config)
  const missing: string[] = []
  const findings: Finding[] = []
  for (const { name, partitions, compact } of specs) {
    const found = await bus.partitionCount(name).catch((error: unknown) => {
      if (error instanceof OutcryError && error.code === 'BUS_TOPIC_MISSING') return null
      throw error
    })
    if (found === null) {
      missing.push(name)
      continue
    }
    if (found < partitions) {
      const fix = `Raise it to ${partitions} with kafka-topics --alter, or lower bus.partitions.`
      findings.push(faulty(`topic ${name}`, `has ${found} partitions, ${partitions} are configured`, fix))
    }
    if (compact === undefined) continue
    const withinMs = await bus.supersededWithinMs(name)
    if (withinMs <= turnDoneMs(compact.withinMs)) continue
    const fix = `Set ${cleanupOf(compact).join(', ')} on ${topicPrefix}${name} with kafka-configs --alter.`
    const until = Number.isFinite(withinMs) ? `for ${Math.ceil(withinMs / HOUR_MS)} hours` : 'for good'
    findings.push(
      faulty(`topic ${name}`, `keeps deleted posts ${until}, not ${config.retention.erasureHours} hours`, fix),
    )
  }
  // Before the first start none is there; some missing were taken away.
  if (missing.length === specs.length) return [fine('topics', `the next start makes ${missing.join(', ')}`)]
  if (missing.length > 0) {
    const fix = 'Start Outcry once with the right to create topics; what was in a deleted topic is shown as a gap.'
    findings.push(faulty('topics', `${missing.join(', ')} missing`, fix))
  }
  return findings.length > 0 ? findings : [fine('topics', 'all there')]
}
