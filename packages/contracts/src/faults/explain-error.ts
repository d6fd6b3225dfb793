import { closest, didYouMean } from './closest.ts'
import { choices, keysOf, NOT_BLANK, type SchemaShape } from './schema-shape.ts'

/** What TypeBox says about one place; the params depend on the keyword. */
export type SchemaError = {
  keyword: string
  schemaPath: string
  instancePath: string
  params: {
    requiredProperties?: string[]
    additionalProperties?: string[]
    propertyNames?: string[]
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
  /** What to do, as a sentence. */
  fix: string
  /** What the schema says of the place; may be empty. */
  about: string
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
  if (typeof value === 'object') return 'a mapping'
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
    fix: `Add "${name}".`,
    about: described(shape?.properties?.[name]),
  }))

const unknownKeys = (names: readonly string[], shape: SchemaShape | undefined): Explanation[] =>
  names.map((name) => ({
    member: name,
    message: 'unknown key',
    fix: didYouMean(name, keysOf(shape)),
    about: '',
  }))

const mismatch = (shape: SchemaShape | undefined, value: unknown): Explanation => {
  const values = shape && choices(shape)
  if (!values) return ofAnotherKind(shape, value)
  const names = values.map(String)
  const list = names.join(', ')
  const meant = typeof value === 'string' ? closest(value, names) : null
  const hint = meant === null ? '' : `Did you mean "${meant}"? `
  return { message: `must be one of ${list}`, fix: `${hint}Use one of ${list}.`, about: '' }
}

const ofAnotherKind = (shape: SchemaShape | undefined, value: unknown): Explanation => {
  const types = shape?.anyOf?.flatMap(({ type }) => type ?? []) ?? []
  const about = described(shape)
  if (types.length === 0 || types.length !== shape?.anyOf?.length)
    return { message: 'has none of the allowed forms', fix: 'Give another form.', about }
  const kinds = wanted([...new Set(types)])
  return { message: `must be ${kinds}, not ${kindOf(value)}`, fix: `Give ${kinds}.`, about }
}

/** One error of the validator in words for people: what is wrong, and what to write instead. */
export const explainError = (error: SchemaError, shape: SchemaShape | undefined, value: unknown): Explanation[] => {
  const { params } = error
  const about = described(shape)
  const one = (message: string, fix: string): Explanation[] => [{ message, fix, about }]
  switch (error.keyword) {
    case 'required':
      return required(params.requiredProperties ?? [], shape)
    case 'additionalProperties':
      return unknownKeys(params.additionalProperties ?? [], shape)
    case 'propertyNames':
      return unknownKeys(params.propertyNames ?? [], shape)
    case 'boolean':
      return []
    case 'type':
      return one(
        `must be ${wanted(params.type)}, not ${kindOf(value)}`,
        quoteHint(params.type, value) ?? `Give ${wanted(params.type)}.`,
      )
    case 'anyOf':
    case 'enum':
    case 'const':
      return [mismatch(shape, value)]
    case 'minimum':
    case 'exclusiveMinimum':
    case 'maximum':
    case 'exclusiveMaximum':
      return one(`must be ${params.comparison} ${params.limit}`, `Give a number ${params.comparison} ${params.limit}.`)
    case 'minLength':
      return params.limit === 1
        ? one('must not be empty', 'Give at least 1 character.')
        : one(`must have at least ${params.limit} characters`, `Give at least ${params.limit} characters.`)
    case 'maxLength':
      return one(`must have at most ${params.limit} characters`, `Give at most ${params.limit} characters.`)
    case 'minItems':
      return one(`must list at least ${params.limit}`, `List at least ${params.limit}.`)
    case 'maxItems':
      return one(`must list at most ${params.limit}`, `List at most ${params.limit}.`)
    case 'uniqueItems':
      return one('must list each only once', 'List each only once.')
    case 'pattern':
      return error.schemaPath.endsWith('/propertyNames') ? [] : [misshapen(shape, params.pattern ?? '')]
    default:
      return one(error.message, 'Give a value of the form that the schema says.')
  }
}

const misshapen = (shape: SchemaShape | undefined, pattern: string): Explanation => {
  const about = described(shape)
  if (pattern === NOT_BLANK) return { message: 'must not be blank', fix: 'Write something that can be read.', about }
  const [example] = shape?.examples ?? []
  const fix = example === undefined ? `It must match "${pattern}".` : `Write it like ${example}.`
  return { message: 'has the wrong form', fix, about }
}

const quoteHint = (type: string | string[] | undefined, value: unknown): string | null =>
  type === 'string' && ['number', 'boolean'].includes(typeof value) ? 'Put it in quotes.' : null
