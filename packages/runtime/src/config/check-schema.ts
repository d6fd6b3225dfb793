import { isScalarShape, memberShape, schemaFaults, type SchemaShape, valueAt } from '@outcry/contracts'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Clone, Default } from 'typebox/value'
import type { ConfigPath, PathFault } from './config-path.ts'

const MAX_SHOWN_CHARS = 80

const shapeAt = (schema: SchemaShape, path: ConfigPath): SchemaShape | undefined =>
  path.reduce<SchemaShape | undefined>(memberShape, schema)

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > MAX_SHOWN_CHARS ? `${text.slice(0, MAX_SHOWN_CHARS)}…` : text
}

/** Secrets stay hidden, and so does any structure: it may hold one. References are shown as they were written. */
export const shownValue = (shape: SchemaShape | undefined, written: unknown): string | undefined => {
  if (written === undefined || (written !== null && typeof written === 'object')) return undefined
  if (!shape || shape['x-secret'] || !isScalarShape(shape)) return undefined
  return shown(written)
}

/**
 * The value with defaults, and everything wrong with it. `written` is the same value before secrets and variables
 * were filled in: only that is ever shown.
 */
export const checkSchema = (
  schema: TSchema,
  value: unknown,
  written: unknown,
  base: ConfigPath,
): { value: unknown; faults: PathFault[] } => {
  const filled = Default(schema, Clone(value))
  const shape = schema as SchemaShape
  const faults = schemaFaults(schema, Compile(schema), filled).map(({ at, message, fix }): PathFault => {
    const value = shownValue(shapeAt(shape, at), valueAt(written, at))
    const fault = { at: base.concat(at), message, fix }
    return value === undefined ? fault : { ...fault, value }
  })
  return { value: filled, faults }
}
