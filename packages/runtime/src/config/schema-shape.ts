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
  pattern?: string
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

/** The values of an enumeration, or null when it is none. */
export const choices = (shape: SchemaShape): unknown[] | null => {
  if (shape.enum) return shape.enum
  const values = shape.anyOf?.map((branch) => branch.const)
  return values?.every((value) => value !== undefined) ? values : null
}

const SCALARS = new Set(['string', 'integer', 'number', 'boolean'])

/** One value rather than a structure: safe to show beside a fault unless it is a secret. */
export const isScalarShape = (shape: SchemaShape): boolean => SCALARS.has(shape.type ?? '') || choices(shape) !== null
