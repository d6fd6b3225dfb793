/** What the bodies of the OpenAPI document are made of. */
export type BodySchema = {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: BodySchema[]
  properties?: Record<string, BodySchema>
  patternProperties?: Record<string, BodySchema>
  items?: BodySchema
  minItems?: number
}
type Path = readonly (string | number)[]
/** A body with one place of it made hostile; `text` is the JSON, as some of it no value can say. */
export type HostileBody = { path: string; what: string; text: string }

/** A body with everything in it that the schema knows. */
export const fullBody = (schema: BodySchema): unknown => {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return fullBody(schema.anyOf[0]!)
  if (schema.type === 'object')
    return Object.fromEntries(membersOf(schema).map(([key, member]) => [key, fullBody(member)]))
  if (schema.type === 'array') return Array.from({ length: schema.minItems ?? 1 }, () => fullBody(schema.items!))
  if (schema.type === 'integer') return 1
  return schema.type === 'boolean' ? true : 'word'
}

/** The full body of a schema, over and over, each time with another place of it made hostile in another way. */
export const hostileBodies = (schema: BodySchema): HostileBody[] => {
  const body = fullBody(schema)
  return placesOf(schema, []).flatMap(({ at, kind }) =>
    Object.entries({ ...POISONS.any, ...POISONS[kind] }).map(([what, poison]) => ({
      path: dotted(at),
      what,
      text: JSON.stringify(replaced(body, at)).replace(`"${MARK}"`, () => poison),
    })),
  )
}

const MARK = 'the hostile place'
const DEPTH = 20_000
type Kind = 'any' | 'string' | 'integer' | 'choice' | 'boolean' | 'object' | 'array'

const NESTED = { 'deep nesting': '['.repeat(DEPTH) + ']'.repeat(DEPTH) }
const TEXTS = {
  'U+0000': String.raw`"a\u0000b"`,
  'half of a surrogate pair': String.raw`"a\ud800"`,
  'the other half': String.raw`"\udc00a"`,
  'a huge text': JSON.stringify('x'.repeat(30_000)),
}
const POISONS: Record<Kind, Record<string, string>> = {
  any: {
    ...NESTED,
    'deep objects': '{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000),
    'U+0000 in a key': String.raw`{"\u0000":1}`,
  },
  string: { ...TEXTS, blank: '""', 'a number': '5', true: 'true' },
  integer: {
    'a huge number': '99999999999999999999',
    'more than any number': '1e999',
    negative: '-1e30',
    text: '"5"',
    part: '1.5',
  },
  choice: { ...TEXTS, 'a wrong word': '"nonsense"', 'a number': '5', true: 'true' },
  boolean: { ...TEXTS, 'a number': '1', text: '"true"' },
  object: { ...TEXTS, 'a list': '[]', 'a number': '5', 'an unknown key': '{"nobodyKnows":1}' },
  array: { ...TEXTS, 'a mapping': '{}', 'a long list': JSON.stringify(Array.from({ length: 5_000 }, () => 'x')) },
}

const membersOf = ({ properties = {}, patternProperties = {} }: BodySchema): [string, BodySchema][] => [
  ...Object.entries(properties),
  ...Object.entries(patternProperties).map(([pattern, member]): [string, BodySchema] => [keyOf(pattern), member]),
]

/** The first key of a pattern such as `^(en|de)$`. */
const keyOf = (pattern: string): string => /^\^\((\w+)/.exec(pattern)?.[1] ?? pattern

const placesOf = (schema: BodySchema, at: Path): { at: Path; kind: Kind }[] => {
  const branches = (schema.anyOf ?? []).filter(({ type }) => type !== 'null')
  if (schema.const !== undefined || schema.enum) return [{ at, kind: 'choice' }]
  if (branches.length > 0) return placesOf(branches[0]!, at)
  const place = { at, kind: schema.type as Kind }
  if (schema.type === 'array') return [place, ...placesOf(schema.items!, [...at, 0])]
  if (schema.type !== 'object') return [place]
  return [place, ...membersOf(schema).flatMap(([key, member]) => placesOf(member, [...at, key]))]
}

const replaced = (value: unknown, [part, ...rest]: Path): unknown => {
  if (part === undefined) return MARK
  if (Array.isArray(value)) return value.map((member, index) => (index === part ? replaced(member, rest) : member))
  const members = value as Record<string, unknown>
  return { ...members, [part]: replaced(members[part], rest) }
}

const dotted = (path: Path): string =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('')
