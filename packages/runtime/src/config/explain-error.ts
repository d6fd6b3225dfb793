import { isRecord } from './config-path.ts'
import { didYouMean } from './closest.ts'
import { choices, type SchemaShape } from './schema-shape.ts'

/** What TypeBox says about one place; the params depend on the keyword. */
export type SchemaError = {
  keyword: string
  schemaPath: string
  instancePath: string
  params: {
    requiredProperties?: string[]
    additionalProperties?: string[]
    type?: string | string[]
    limit?: number
    comparison?: string
    pattern?: string
    allowedValue?: unknown
  }
  message: string
}

type Explanation = {
  /** A key of the object at the path, where the fault is about that. */ member?: string
  message: string
  fix: string
}

const KINDS: Readonly<Record<string, string>> = {
  object: 'a mapping (key: value)',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
}

const kindOf = (value: unknown): string => {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (isRecord(value)) return 'a mapping'
  if (typeof value === 'string') return 'text'
  return typeof value === 'number' ? 'a number' : typeof value
}

const wanted = (type: string | string[] | undefined): string =>
  [type ?? []]
    .flat()
    .map((each) => KINDS[each] ?? each)
    .join(' or ')

const described = (shape: SchemaShape | undefined): string => shape?.description ?? ''

const required = (names: readonly string[], shape: SchemaShape | undefined): Explanation[] =>
  names.map((name) => ({
    member: name,
    message: 'is missing',
    fix: `Add "${name}". ${described(shape?.properties?.[name])}`.trim(),
  }))

const unknownKeys = (names: readonly string[], shape: SchemaShape | undefined): Explanation[] =>
  names.map((name) => ({
    member: name,
    message: 'unknown key',
    fix: didYouMean(name, Object.keys(shape?.properties ?? {})),
  }))

const mismatch = (shape: SchemaShape | undefined, value: unknown): Explanation => {
  const values = shape && choices(shape)
  if (!values) return { message: 'has none of the allowed forms', fix: described(shape) }
  const names = values.map(String)
  return { message: `must be one of ${names.join(', ')}`, fix: didYouMean(String(value), names) }
}

/** One error of the validator in words for people: what is wrong, and what to write instead. */
export const explainError = (error: SchemaError, shape: SchemaShape | undefined, value: unknown): Explanation[] => {
  const { params } = error
  const fix = described(shape)
  const one = (message: string, say = fix): Explanation[] => [{ message, fix: say }]
  switch (error.keyword) {
    case 'required':
      return required(params.requiredProperties ?? [], shape)
    case 'additionalProperties':
      return unknownKeys(params.additionalProperties ?? [], shape)
    case 'boolean':
      return []
    case 'type':
      return one(`must be ${wanted(params.type)}, not ${kindOf(value)}`, quoteHint(params.type, value) ?? fix)
    case 'anyOf':
    case 'enum':
    case 'const':
      return [mismatch(shape, value)]
    case 'minimum':
    case 'exclusiveMinimum':
    case 'maximum':
    case 'exclusiveMaximum':
      return one(`must be ${params.comparison} ${params.limit}`)
    case 'minLength':
      return one(params.limit === 1 ? 'must not be empty' : `must have at least ${params.limit} characters`)
    case 'maxLength':
      return one(`must have at most ${params.limit} characters`)
    case 'minItems':
      return one(`must list at least ${params.limit}`)
    case 'maxItems':
      return one(`must list at most ${params.limit}`)
    case 'pattern':
      return one('has the wrong form', `${fix} It must match ${params.pattern}`.trim())
    default:
      return one(error.message)
  }
}

const quoteHint = (type: string | string[] | undefined, value: unknown): string | null =>
  type === 'string' && ['number', 'boolean'].includes(typeof value) ? 'Put it in quotes.' : null
