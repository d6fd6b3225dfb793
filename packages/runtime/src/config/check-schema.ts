import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Settings } from 'typebox/system'
import { Clone, Default } from 'typebox/value'
import type { ConfigPath, PathFault } from './config-path.ts'
import { valueAt } from './config-path.ts'
import { explainError, type SchemaError } from './explain-error.ts'
import { isScalarShape, memberShape, type SchemaShape } from './schema-shape.ts'

const MAX_ERRORS = 1_000
const MAX_SHOWN_CHARS = 80

const pathOf = (pointer: string, value: unknown): ConfigPath => {
  const path: (string | number)[] = []
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    path.push(Array.isArray(valueAt(value, path)) ? Number(key) : key)
  }
  return path
}

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

const errorsOf = (schema: TSchema, value: unknown): SchemaError[] => {
  const { maxErrors } = Settings.Get()
  Settings.Set({ maxErrors: MAX_ERRORS })
  try {
    return [...Compile(schema).Errors(value)] as SchemaError[]
  } finally {
    Settings.Set({ maxErrors })
  }
}

/** Errors of the branches of a union say less than the union's own. */
const withoutBranches = (errors: SchemaError[]): SchemaError[] => {
  const unions = errors.filter((error) => error.keyword === 'anyOf').map((error) => `${error.schemaPath}/anyOf/`)
  return errors.filter((error) => !unions.some((prefix) => error.schemaPath.startsWith(prefix)))
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
  const faults = withoutBranches(errorsOf(schema, filled)).flatMap((error) => {
    const path = pathOf(error.instancePath, filled)
    const at = shapeAt(shape, path)
    const value = shownValue(at, valueAt(written, path))
    return explainError(error, at, valueAt(filled, path)).map(({ member, message, fix }): PathFault => {
      if (member !== undefined) return { at: base.concat(path, member), message, fix }
      return Object.assign({ at: base.concat(path), message, fix }, value === undefined ? {} : { value })
    })
  })
  return { value: filled, faults }
}
