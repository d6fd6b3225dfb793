import type { Config } from '@outcry/contracts'
import { isIPv4 } from 'node:net'
import { didYouMean } from './closest.ts'
import type { ConfigPath, PathFault } from './config-path.ts'

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'))

const repeated = (list: string, key: string, names: readonly (string | undefined)[]): PathFault[] =>
  names.flatMap((name, index) => {
    const first = names.indexOf(name)
    if (name === undefined || first === index) return []
    const message = `the same as ${list}[${first}].${key}`
    const at = [...list.split('.'), index, key]
    return [{ at, value: JSON.stringify(name), message, fix: 'Give each its own name.' }]
  })

const unknownBrands = (at: ConfigPath, brands: readonly string[] | undefined, known: readonly string[]): PathFault[] =>
  (brands ?? []).flatMap((brand, index) =>
    known.includes(brand)
      ? []
      : [
          {
            at: [...at, 'brands', index],
            value: JSON.stringify(brand),
            message: 'no brand has this id',
            fix: didYouMean(brand, known),
          },
        ],
  )

const openToTheWorld = (config: Config): PathFault[] =>
  isLoopback(config.api.host) || config.api.tokens.length > 0
    ? []
    : [
        {
          at: ['api', 'host'],
          value: JSON.stringify(config.api.host),
          message: 'other machines could reach the API, and there are no tokens',
          fix: 'Add api.tokens (name, token, role), or keep 127.0.0.1.',
        },
      ]

const kafkaWithoutBrokers = (config: Config): PathFault[] =>
  config.bus.driver === 'kafka' && !config.bus.kafka
    ? [
        {
          at: ['bus', 'kafka'],
          message: 'is missing, and bus.driver is kafka',
          fix: 'Add bus.kafka.brokers, or set OUTCRY_KAFKA_BROKERS=host:9092.',
        },
      ]
    : []

/** Faults that no single field shows: names used twice, references to nothing, an API open to the world. */
export const checkReferences = (config: Config): PathFault[] => {
  const brands = config.brands.map((brand) => brand.id)
  const names = (list: readonly { name: string }[]) => list.map((each) => each.name)
  return [
    ...repeated('brands', 'id', brands),
    ...repeated('sources', 'name', names(config.sources)),
    ...repeated('targets', 'name', names(config.targets)),
    ...repeated('api.tokens', 'name', names(config.api.tokens)),
    ...repeated(
      'detection.issueTypes',
      'id',
      config.detection.issueTypes.map((type) => type.id),
    ),
    ...config.sources.flatMap((source, index) => unknownBrands(['sources', index], source.brands, brands)),
    ...config.targets.flatMap((target, index) => unknownBrands(['targets', index], target.brands, brands)),
    ...config.api.tokens.flatMap((token, index) => unknownBrands(['api', 'tokens', index], token.brands, brands)),
    ...openToTheWorld(config),
    ...kafkaWithoutBrokers(config),
  ]
}
