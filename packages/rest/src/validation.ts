import type { FastifyInstance, FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { createParser, type Fault } from '@outcry/contracts'
import { Refusal } from './refusal.ts'

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

/** No column of the database takes U+0000, and no id has one. */
const hasNull = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).some((each) => [each].flat().some((one) => typeof one === 'string' && one.includes('\0')))

/** Checks every part of a request with the contracts' parser, so that faults carry path, value and fix. */
const compiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const parse = createParser(schema)
  return (value: unknown) => {
    const given = httpPart === 'querystring' ? readQuery(schema, value) : (value ?? undefined)
    const parsed = parse(given)
    if (parsed.ok && httpPart !== 'body' && hasNull(parsed.value)) {
      const fault = { path: httpPart ?? 'body', message: 'holds the character U+0000', fix: 'Send it without.' }
      return { error: new Refusal('REQUEST_INVALID', `The ${httpPart ?? 'body'} has faults.`, { faults: [fault] }) }
    }
    if (parsed.ok) return { value: parsed.value }
    const part = httpPart ?? 'body'
    const faults = parsed.faults.map(({ path, message, fix, value }): Fault => {
      const where = path === '' ? part : path
      return value === undefined ? { path: where, message, fix } : { path: where, value, message, fix }
    })
    return { error: new Refusal('REQUEST_INVALID', `The ${part} has faults.`, { faults }) }
  }
}

export const registerValidation = (app: FastifyInstance): void => {
  app.setValidatorCompiler(compiler as FastifySchemaCompiler<unknown>)
}
