import { Compile } from 'typebox/compile'
import type { Static, TSchema } from 'typebox'
import { Default, Clone } from 'typebox/value'
import { dotted, valueAt } from './faults/path.ts'
import { schemaFaults } from './faults/schema-faults.ts'
import type { Fault } from './problem.ts'

/** The value as the schema's type, or every fault with its path. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; faults: Fault[] }

const MAX_FAULTS = 50
const MAX_SHOWN_CHARS = 80

/**
 * Compiles a schema once into a parser for untrusted data. Defaults are filled in; the input is not changed;
 * nothing is converted (a "5" is no number). Faults show the path as `a.b[2]` and a short form of the value.
 */
export const createParser = <S extends TSchema>(schema: S): ((value: unknown) => Parsed<Static<S>>) => {
  const compiled = Compile(schema)
  return (value) => {
    const filled = Default(schema, Clone(value))
    if (compiled.Check(filled)) return { ok: true, value: filled }
    const faults = schemaFaults(schema, compiled, filled)
      .slice(0, MAX_FAULTS)
      .map(({ at, message, fix }): Fault => {
        const value = valueAt(filled, at)
        const fault = { path: dotted(at), message, fix }
        return value === undefined ? fault : { ...fault, value: shown(value) }
      })
    return { ok: false, faults }
  }
}

/** The same without copies, for records that need no defaults: true when the value is of the schema's type. */
export const createGuard = <S extends TSchema>(schema: S): ((value: unknown) => value is Static<S>) => {
  const compiled = Compile(schema)
  return (value): value is Static<S> => compiled.Check(value)
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > MAX_SHOWN_CHARS ? `${text.slice(0, MAX_SHOWN_CHARS)}…` : text
}
