import { configSchema } from '@outcry/contracts'
import { type EntryKinds, entrySchema } from './check-entries.ts'

const SCHEMA_ID = 'https://json-schema.org/draft/2020-12/schema'

/** The whole schema of `outcry.yaml`, given what is built in. */
export const fullConfigSchema = (connectors: EntryKinds, formats: EntryKinds) =>
  configSchema(
    Object.entries(connectors).map(([name, { configSchema: own }]) => entrySchema('connector', name, own)),
    Object.entries(formats).map(([name, { configSchema: own }]) => entrySchema('format', name, own)),
  )

/** What a value has to be before defaults are filled in: a field with a default is not required of the writer. */
const forWriters = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(forWriters)
  if (schema === null || typeof schema !== 'object') return schema
  const { required, properties, ...rest } = schema as Record<string, unknown>
  const members = (properties ?? {}) as Record<string, { default?: unknown }>
  const needed = Array.isArray(required) ? required.filter((name: string) => members[name]?.default === undefined) : []
  return {
    ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, forWriters(value)])),
    ...(properties === undefined
      ? {}
      : { properties: Object.fromEntries(Object.entries(members).map(([key, value]) => [key, forWriters(value)])) }),
    ...(needed.length ? { required: needed } : {}),
  }
}

/** JSON Schema of `outcry.yaml` for editors: completion, and faults while typing. */
export const configJsonSchema = (connectors: EntryKinds, formats: EntryKinds): string => {
  const schema = forWriters(JSON.parse(JSON.stringify(fullConfigSchema(connectors, formats)))) as object
  return `${JSON.stringify({ $schema: SCHEMA_ID, title: 'outcry.yaml', ...schema }, null, 2)}\n`
}
