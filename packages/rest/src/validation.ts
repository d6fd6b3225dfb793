import type { FastifyInstance, FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { createParser, type Fault } from '@outcry/contracts'
import { hostileInput } from './hostile-input.ts'
import { faultsIn, Refusal } from './refusal.ts'

type Properties = Record<string, { type?: string }>

/** Query values are text: numbers and booleans are read as the schema wants them, a single value as a list of one. */
const readQuery = (schema: TSchema, value: unknown): unknown => {
  const properties: Properties = (schema as { properties?: Properties }).properties ?? {}
  const read: Record<string, unknown> = {}
  for (const [name, given] of Object.entries((value ?? {}) as Record<string, unknown>)) {
    const type = properties[name]?.type
    if (type === 'integer' && typeof given === 'string' && /^-?\d{1,15}$/.test(given)) read[name] = Number(given)
    else if (type === 'boolean' && (given === 'true' || given === 'false')) read[name] = given === 'true'
    else if (type === 'array') read[name] = Array.isArray(given) ? given : [given]
    else read[name] = given
  }
  return read
}

/** Checks every part of a request with the contracts' parser, so that faults carry path, value and fix. */
const compiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const parse = createParser(schema)
  const part = httpPart ?? 'body'
  return (value: unknown) => {
    const hostile = hostileInput(value)
    if (hostile !== null) return { error: refused(part, [hostile]) }
    const parsed = parse(httpPart === 'querystring' ? readQuery(schema, value) : (value ?? undefined))
    return parsed.ok ? { value: parsed.value } : { error: refused(part, parsed.faults) }
  }
}

const refused = (part: string, faults: readonly Fault[]): Refusal =>
  faultsIn(
    part,
    faults.map((fault) => (fault.path === '' ? { ...fault, path: part } : fault)),
  )

export const registerValidation = (app: FastifyInstance): void => {
  app.setValidatorCompiler(compiler as FastifySchemaCompiler<unknown>)
}
