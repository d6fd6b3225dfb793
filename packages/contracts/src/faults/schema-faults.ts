import type { TSchema } from 'typebox'
import { Settings } from 'typebox/system'
import { explainError, type SchemaError } from './explain-error.ts'
import { type Path, valueAt } from './path.ts'
import { shapeAt } from './schema-shape.ts'

/** One fault in words, at keys and indexes from the root of the value. */
type FaultAt = { at: Path; message: string; fix: string }
type Validator = { Errors(value: unknown): unknown[] }

const MAX_ERRORS = 1_000
/** A branch with one of these is not for a value of this kind. */
const KIND_KEYWORDS = new Set(['type', 'const'])

/** Everything that keeps a value from being of the schema, in words for people, each once. */
export const schemaFaults = (schema: TSchema, validator: Validator, value: unknown): FaultAt[] => {
  const faults = telling(errorsOf(validator, value)).flatMap((error) => {
    const path = pathOf(error.instancePath, value)
    const shape = shapeAt(schema, path)
    return explainError(error, shape, valueAt(value, path)).map(({ member, message, fix, about }): FaultAt => ({
      at: member === undefined ? path : [...path, member],
      message,
      fix: about === '' ? fix : `${fix} ${about}`,
    }))
  })
  return [...new Map(faults.map((fault) => [JSON.stringify([fault.at, fault.message]), fault])).values()]
}

const errorsOf = (validator: Validator, value: unknown): SchemaError[] => {
  const { maxErrors } = Settings.Get()
  Settings.Set({ maxErrors: MAX_ERRORS })
  try {
    return validator.Errors(value) as SchemaError[]
  } finally {
    Settings.Set({ maxErrors })
  }
}

/** Without what says nothing: a union stands for its branches, unless just one of them is for such a value. */
const telling = (errors: readonly SchemaError[]): SchemaError[] => {
  const silent = new Set<SchemaError>()
  for (const union of errors.filter(({ keyword }) => keyword === 'anyOf')) {
    const below = errors.filter((error) => within(error, union))
    const branches = Map.groupBy(below, (error) => branchOf(error, union))
    const meant = [...branches].filter(
      ([branch, of]) =>
        !of.some(({ keyword, schemaPath }) => KIND_KEYWORDS.has(keyword) && schemaPath === union.schemaPath + branch),
    )
    const one = meant.length === 1 ? meant[0]![0] : null
    if (one !== null) silent.add(union)
    for (const error of below) if (branchOf(error, union) !== one) silent.add(error)
  }
  return errors.filter((error) => !silent.has(error))
}

const within = (error: SchemaError, union: SchemaError): boolean =>
  error.schemaPath.startsWith(`${union.schemaPath}/anyOf/`) &&
  (error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`))

const branchOf = (error: SchemaError, union: SchemaError): string =>
  /^\/anyOf\/\d+/.exec(error.schemaPath.slice(union.schemaPath.length))?.[0] ?? ''

const pathOf = (pointer: string, value: unknown): Path => {
  const path: (string | number)[] = []
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    path.push(Array.isArray(valueAt(value, path)) ? Number(key) : key)
  }
  return path
}
