import type { Connector } from '../connector.ts'
import { parseFieldMap, type FieldMap } from '../file/field-map.ts'
import { jsonPayload } from '../json-payload.ts'
import { KafkaSourceConfig } from './kafka-config.ts'
import { readRecord } from './read-record.ts'
import { recordedRecord } from './recorded-record.ts'
import { runTopics } from './run-topics.ts'

/** Mentions in topics of a Kafka cluster that is not Outcry's own. */
export const kafka: Connector<typeof KafkaSourceConfig> = {
  name: 'kafka',
  configSchema: KafkaSourceConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  defaults: { blindAfterMs: 60_000, retentionDays: null, terms: 'Those of whoever fills the topic.' },
  create: (config, context) => {
    const map = mapOf(config)
    return { run: (signal) => runTopics(config, map, context, signal) }
  },
  /** Values of records, or whole records as kcat and the REST proxy write them; a mapping is not known here. */
  parse: (bytes, { source, observedAt, hashAuthor }) => {
    const { values, rejects } = jsonPayload(bytes)
    const rules = { map: NO_MAP, idFromKey: true, timeUnit: 'milliseconds', kind: 'post' } as const
    const read = values.map(({ value }, index) =>
      readRecord(recordedRecord(value, source, index), rules, { source, observedAt, hashAuthor }),
    )
    return {
      sightings: read.flatMap((one) => (one.ok ? [one.sighting] : [])),
      rejects: [...rejects, ...read.flatMap((one) => (one.ok ? [] : [one.reject]))],
    }
  },
}

const NO_MAP: FieldMap = new Map()

const mapOf = (config: KafkaSourceConfig): FieldMap =>
  parseFieldMap(Object.entries(config.map).map(([field, path]) => `${field}=${path}`))
