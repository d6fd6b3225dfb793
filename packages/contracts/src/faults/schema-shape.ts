import type { Path } from './path.ts'

/** Pattern of text with something in it that people see. */
export const NOT_BLANK = '[^\\s\\p{C}]'

/** The part of JSON Schema, and of Outcry's own keywords, that the loader and the documentation look at. */
export type SchemaShape = {
  type?: string
  properties?: Record<string, SchemaShape>
  required?: string[] | undefined
  items?: SchemaShape
  anyOf?: SchemaShape[]
  const?: unknown
  enum?: unknown[]
  default?: unknown
  description?: string
  examples?: string[]
  pattern?: string
  patternProperties?: Record<string, SchemaShape>
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  'x-secret'?: boolean
  'x-env'?: string
}

/** The schema of a member of an object or array, if the schema says one. */
export const memberShape = (shape: SchemaShape | undefined, part: string | number): SchemaShape | undefined =>
  typeof part === 'number' ? shape?.items : shape?.properties?.[part]

/** The schema of a place, also below a union or in a record, where one says it. */
export const shapeAt = (shape: SchemaShape, path: Path): SchemaShape | undefined =>
  path.reduce<SchemaShape | undefined>((at, part) => at && anyMember(at, part), shape)

/** The keys that an object may have; of a record those that its pattern lists, as `^(en|de)$` does. */
export const keysOf = (shape: SchemaShape | undefined): string[] => [
  ...Object.keys(shape?.properties ?? {}),
  ...Object.keys(shape?.patternProperties ?? {}).flatMap(
    (pattern) => /^\^\(([\w|-]+)\)\$$/.exec(pattern)?.[1]?.split('|') ?? [],
  ),
]

const anyMember = (shape: SchemaShape, part: string | number): SchemaShape | undefined => {
  const own =
    typeof part === 'number' || Object.hasOwn(shape.properties ?? {}, part) ? memberShape(shape, part) : undefined
  return (
    own ??
    shape.anyOf?.map((branch) => anyMember(branch, part)).find((found) => found !== undefined) ??
    (typeof part === 'string' ? Object.values(shape.patternProperties ?? {})[0] : undefined)
  )
}

/** The values of an enumeration, or null when it is none. */
export const choices = (shape: SchemaShape): unknown[] | null => {
  if (shape.enum) return shape.enum
  const values = shape.anyOf?.map(valuesOf)
  return values?.every((value) => value !== null) ? values.flat() : null
}

const valuesOf = (branch: SchemaShape): unknown[] | null => {
  if (branch.const !== undefined) return [branch.const]
  return branch.type === 'null' ? [null] : choices(branch)
}

const SCALARS = new Set(['string', 'integer', 'number', 'boolean'])

/** One value rather than a structure: safe to show beside a fault unless it is a secret. */
export const isScalarShape = (shape: SchemaShape): boolean => SCALARS.has(shape.type ?? '') || choices(shape) !== null
