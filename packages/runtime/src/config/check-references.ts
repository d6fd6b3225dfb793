import { didYouMean, valueAt } from '@outcry/contracts'
import { isIPv4 } from 'node:net'
import { playbookFaults, unknownStepTargets, unknownTarget } from './check-playbooks.ts'
import { responseFaults } from './check-response.ts'
import { type ConfigPath, isRecord, type PathFault } from './config-path.ts'

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

/** All of such a source would be dropped. */
const aboutNobody = (sources: readonly Named[], known: readonly string[]): PathFault[] =>
  sources.flatMap(({ about, brands }, index) => {
    const brand = text(about)
    const allowed = brands === undefined ? known : texts(brands)
    if (brand === undefined || allowed.includes(brand)) return []
    const message = known.includes(brand) ? 'the source may not speak of this brand' : 'no brand has this id'
    return [{ at: ['sources', index, 'about'], value: JSON.stringify(brand), message, fix: didYouMean(brand, allowed) }]
  })

/** A route by a type that no issue ever has would never send. */
const unknownTypes = (at: ConfigPath, types: readonly string[], known: readonly string[]): PathFault[] =>
  types.flatMap((type, index) => {
    if (known.includes(type)) return []
    const message = 'no issue type has this id'
    return [{ at: [...at, 'issueTypes', index], value: JSON.stringify(type), message, fix: didYouMean(type, known) }]
  })

/** Days for a misspelt connector would leave the terms of the real one as they are. */
const unknownConnectors = (config: unknown, known: readonly string[]): PathFault[] => {
  const days = valueAt(config, ['retention', 'connectors'])
  return (isRecord(days) ? Object.keys(days) : []).flatMap((name) => {
    if (known.includes(name)) return []
    const at = ['retention', 'connectors', name]
    return [{ at, value: JSON.stringify(name), message: 'no connector has this name', fix: didYouMean(name, known) }]
  })
}

const openToTheWorld = (config: unknown): PathFault[] => {
  const host = text(valueAt(config, ['api', 'host'])) ?? 'localhost'
  if (isLoopback(host) || listAt(config, 'api', 'tokens').length > 0) return []
  const message = 'other machines could reach the API, and there are no tokens'
  const fix = 'Add api.tokens (name, token, role), or keep 127.0.0.1.'
  return [{ at: ['api', 'host'], value: JSON.stringify(host), message, fix }]
}

const kafkaWithoutBrokers = (config: unknown): PathFault[] => {
  if (valueAt(config, ['bus', 'driver']) !== 'kafka' || valueAt(config, ['bus', 'kafka']) !== undefined) return []
  const fix = 'Add bus.kafka.brokers, or set OUTCRY_KAFKA_BROKERS=host:9092.'
  return [{ at: ['bus', 'kafka'], message: 'is missing, and bus.driver is kafka', fix }]
}

/** A type that nothing can match would also switch off a built-in one of the same id. */
const typesWithoutWords = (types: readonly Named[]): PathFault[] =>
  types.flatMap(({ terms, examples }, index) =>
    texts(terms).length + texts(examples).length > 0
      ? []
      : [
          {
            at: ['detection', 'issueTypes', index],
            message: 'has neither terms nor examples, so nothing would be counted',
            fix: 'Add terms (words or phrases) or examples (whole sentences).',
          },
        ],
  )

const unknownTargets = (chains: readonly Named[], known: readonly string[]): PathFault[] =>
  chains.flatMap(({ steps }, index) => unknownStepTargets(steps, ['alerting', 'escalation', index, 'steps'], known))

const unknownZones = (at: ConfigPath, windows: readonly Named[]): PathFault[] =>
  windows.flatMap(({ timeZone }, index) => unknownZone([...at, 'quietHours', index, 'timeZone'], timeZone))

const unknownZone = (at: ConfigPath, timeZone: unknown): PathFault[] => {
  const zone = text(timeZone)
  if (zone === undefined || isTimeZone(zone)) return []
  const fix = 'Name a zone of the IANA database, as Europe/Berlin or America/New_York.'
  return [{ at, value: JSON.stringify(zone), message: 'no time zone has this name', fix }]
}

const digestFaults = (digest: unknown, known: readonly string[]): PathFault[] => {
  if (!isRecord(digest)) return []
  const at = ['alerting', 'digest']
  const zone = unknownZone([...at, 'timeZone'], digest['timeZone'])
  const lost = texts(digest['targets']).flatMap((target, place) =>
    known.includes(target) ? [] : [unknownTarget([...at, 'targets', place], target, known)],
  )
  return [...zone, ...lost]
}

const isTimeZone = (timeZone: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }))
  } catch {
    return false
  }
}

type Named = {
  name?: unknown
  id?: unknown
  brands?: unknown
  about?: unknown
  terms?: unknown
  examples?: unknown
} & {
  targets?: unknown
  issueType?: unknown
  steps?: unknown
  issueTypes?: unknown
  timeZone?: unknown
}

const listAt = (value: unknown, ...path: string[]): Named[] => {
  const list = valueAt(value, path)
  return Array.isArray(list) ? list.map((each: unknown) => (isRecord(each) ? each : {})) : []
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []

/**
 * Faults that no single field shows: names used twice, references to nothing, an API open to the world. Looks at
 * whatever is there, so that these are told together with the faults of single fields.
 */
export const checkReferences = (
  config: unknown,
  connectors: readonly string[],
  builtInTypes?: readonly string[],
): PathFault[] => {
  const brands = listAt(config, 'brands').flatMap(({ id }) => text(id) ?? [])
  const namesOf = (list: Named[]) => list.map(({ name }) => text(name))
  const [sources, targets, tokens] = [
    listAt(config, 'sources'),
    listAt(config, 'targets'),
    listAt(config, 'api', 'tokens'),
  ]
  const referring: [string[], Named[]][] = [
    [['sources'], sources],
    [['targets'], targets],
    [['api', 'tokens'], tokens],
    [['alerting', 'escalation'], listAt(config, 'alerting', 'escalation')],
  ]
  const playbooks = listAt(config, 'response', 'playbooks')
  const targetNames = namesOf(targets).flatMap((name) => name ?? [])
  const ownTypes = listAt(config, 'detection', 'issueTypes').flatMap(({ id }) => text(id) ?? [])
  const types = builtInTypes === undefined ? undefined : [...new Set([...builtInTypes, ...ownTypes])]
  const routes: [string[], Named[]][] = [
    [['targets'], targets],
    [['alerting', 'escalation'], listAt(config, 'alerting', 'escalation')],
  ]
  return [
    ...repeated(
      'brands',
      'id',
      listAt(config, 'brands').map(({ id }) => text(id)),
    ),
    ...repeated('sources', 'name', namesOf(sources)),
    ...repeated('targets', 'name', namesOf(targets)),
    ...repeated('api.tokens', 'name', namesOf(tokens)),
    ...repeated(
      'detection.issueTypes',
      'id',
      listAt(config, 'detection', 'issueTypes').map(({ id }) => text(id)),
    ),
    ...referring.flatMap(([at, list]) =>
      list.flatMap((each, index) => unknownBrands([...at, index], texts(each.brands), brands)),
    ),
    ...aboutNobody(sources, brands),
    ...routes.flatMap(([at, list]) =>
      types === undefined
        ? []
        : list.flatMap((each, index) => unknownTypes([...at, index], texts(each.issueTypes), types)),
    ),
    ...repeated(
      'response.playbooks',
      'issueType',
      playbooks.map(({ issueType }) => text(issueType)),
    ),
    ...playbooks.flatMap((playbook, index) =>
      playbookFaults(playbook, ['response', 'playbooks', index], { issueTypes: types, targets: targetNames }),
    ),
    ...unknownZone(['response', 'timeZone'], valueAt(config, ['response', 'timeZone'])),
    ...responseFaults(config),
    ...typesWithoutWords(listAt(config, 'detection', 'issueTypes')),
    ...unknownTargets(listAt(config, 'alerting', 'escalation'), targetNames),
    ...digestFaults(valueAt(config, ['alerting', 'digest']), targetNames),
    ...unknownZones(['alerting'], listAt(config, 'alerting', 'quietHours')),
    ...listAt(config, 'brands').flatMap((brand, index) => unknownZones(['brands', index], listAt(brand, 'quietHours'))),
    ...unknownConnectors(config, connectors),
    ...openToTheWorld(config),
    ...kafkaWithoutBrokers(config),
  ]
}
