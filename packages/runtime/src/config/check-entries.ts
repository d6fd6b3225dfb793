import { type TSchema, Type } from 'typebox'
import { sourceFields, targetFields, didYouMean, type SchemaShape } from '@outcry/contracts'
import { checkSchema } from './check-schema.ts'
import { isRecord, type PathFault } from './config-path.ts'
import { resolveValues, type ResolveContext } from './resolve-values.ts'

/** What is built in under each name: connectors of sources, formats of targets. */
export type EntryKinds = Readonly<Record<string, { configSchema: TSchema }>>

type EntryList = { list: 'sources' | 'targets'; key: 'connector' | 'format'; kinds: EntryKinds }

/** An entry's own fields together with those that every entry of its list has. */
export const entrySchema = (key: 'connector' | 'format', name: string, own: TSchema): TSchema => {
  const { properties } = own as SchemaShape & { properties?: Record<string, TSchema> }
  if (!properties) return own
  const common = key === 'connector' ? sourceFields : targetFields
  const description = (own as SchemaShape).description
  return Type.Object(
    { [key]: Type.Literal(name), ...common, ...properties },
    { additionalProperties: false, ...(description === undefined ? {} : { description }) },
  )
}

const checkEntry = (entry: unknown, index: number, { list, key, kinds }: EntryList, context: ResolveContext) => {
  const at = [list, index]
  const refuse = (fault: PathFault) => ({ value: entry, faults: [fault] })
  if (!isRecord(entry)) return refuse({ at, message: `must be a mapping with "${key}"`, fix: `Write "- ${key}: …".` })
  const name = entry[key]
  if (typeof name !== 'string') {
    const fix = `Add "${key}". Known: ${Object.keys(kinds).join(', ')}.`
    return refuse({ at: [...at, key], message: 'is missing', fix })
  }
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
  if (!kind) {
    const fix = didYouMean(name, Object.keys(kinds))
    return refuse({ at: [...at, key], value: JSON.stringify(name), message: `unknown ${key}`, fix })
  }
  const schema = entrySchema(key, name, kind.configSchema)
  return checkSchema(schema, resolveValues(entry, schema, at, context), entry, at)
}

/** Every entry of `sources` or `targets` against the schema of its own connector or format. */
export const checkEntries = (entries: unknown, lists: EntryList, context: ResolveContext) => {
  const checked = (Array.isArray(entries) ? entries : []).map((entry, index) =>
    checkEntry(entry, index, lists, context),
  )
  context.faults.push(...checked.flatMap((each) => each.faults))
  return checked.map((each) => each.value)
}
